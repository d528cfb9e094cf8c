/** Bytes as the text that a `[]byte` argument of a binding is; in pieces, because a spread has its limits. */
export function base64(bytes: ArrayBuffer): string {
  const all = new Uint8Array(bytes);
  const piece = 0x8000;
  let text = '';
  for (let at = 0; at < all.length; at += piece) text += String.fromCharCode(...all.subarray(at, at + piece));
  return btoa(text);
}
