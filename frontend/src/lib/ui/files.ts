/** Files that a person gives to a page, read into memory: the shell cannot send them in any other form. */
export interface Given {
  name: string;
  type: string;
  bytes: ArrayBuffer;
}

/** Does the file fit "image/*,.csv,text/plain"? By type or by the end of its name; Go looks at the content. */
export function accepts(accept: string, file: { name: string; type: string }): boolean {
  const wanted = accept
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter(Boolean);
  if (wanted.length === 0) return true;
  const name = file.name.toLowerCase();
  const type = file.type.toLowerCase();
  return wanted.some((one) =>
    one.startsWith('.') ? name.endsWith(one) : one.endsWith('/*') ? type.startsWith(one.slice(0, -1)) : type === one,
  );
}

export async function read(files: File[]): Promise<Given[]> {
  return Promise.all(
    files.map(async (file) => ({ name: file.name, type: file.type, bytes: await file.arrayBuffer() })),
  );
}
