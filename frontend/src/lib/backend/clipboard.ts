/** The clipboard through the shell: the web view refuses its own. */
import { ClipboardSetText } from '$wailsjs/runtime/runtime';

/** Puts text on the clipboard; false where the system would not. */
export async function copy(text: string): Promise<boolean> {
  try {
    return await ClipboardSetText(text);
  } catch {
    return false;
  }
}
