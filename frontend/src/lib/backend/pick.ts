import { Pick as PickPicture } from '$wailsjs/go/picture/Window';
import { call } from './call';

export interface PictureFile {
  name: string;
  type: string;
  bytes: ArrayBuffer;
}

/** What a person may choose as a photograph of themselves. HEIC is among them so that Go can say what to do with it. */
export const PHOTOS = 'image/png,image/jpeg,image/gif,image/webp,image/avif,image/heic,.avif,.heic,.heif';

/** Asks for a picture in the system's own dialog; undefined if none was chosen. With `drawings`, SVG is offered too. */
export async function pickPicture(title: string, drawings = false): Promise<PictureFile | undefined> {
  const { name, data } = await call(() => PickPicture(title, drawings));
  if (!name) return undefined;
  const text = atob(data);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return { name, type: '', bytes: bytes.buffer };
}
