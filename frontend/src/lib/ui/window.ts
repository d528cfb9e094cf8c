/** Which rows of a long list have to be drawn. All rows have the same height; a few more than visible are kept ready. */
export interface Slice {
  from: number;
  to: number;
  before: number; // pixels above
  after: number; // pixels below
}

export const OVERSCAN = 8;
/** Where nothing can be measured yet. */
const FIRST_PAGE = 480;

export function slice(count: number, rowHeight: number, scrollTop: number, height: number): Slice {
  const visible = Math.ceil((height || FIRST_PAGE) / rowHeight);
  const first = Math.max(0, Math.min(Math.floor(scrollTop / rowHeight), count - visible));
  const from = Math.max(0, first - OVERSCAN);
  const to = Math.min(count, first + visible + OVERSCAN);
  return { from, to, before: from * rowHeight, after: (count - to) * rowHeight };
}
