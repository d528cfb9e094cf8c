/** A picture that was dropped or pasted; undefined if there is none in it. */
export function brought(from: DataTransfer | null): File | undefined {
  return [...(from?.files ?? [])].find((file) => file.type.startsWith('image/') || file.type === '');
}

/** Pasting belongs to the field that one is in. */
export const inField = (event: Event): boolean =>
  event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
