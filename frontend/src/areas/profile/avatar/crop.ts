/** The square that is cut out of a picture, in pixels of the picture as it is turned. */

export interface Size {
  width: number;
  height: number;
}

export interface Crop {
  x: number;
  y: number;
  side: number;
}

export type Corner = 'nw' | 'ne' | 'sw' | 'se';

/** A smaller part than this could not be told from a spot of colour. */
const SMALLEST = 16;

const between = (low: number, value: number, high: number) => Math.min(Math.max(value, low), high);

export const largest = (p: Size): number => Math.min(p.width, p.height);
export const smallest = (p: Size): number => Math.min(SMALLEST, largest(p));

/** All that a square can take, in the middle. */
export function whole(p: Size): Crop {
  const side = largest(p);
  return { x: (p.width - side) / 2, y: (p.height - side) / 2, side };
}

/** The square moved, and where it must be shrunk, into the picture. */
export function inside(p: Size, crop: Crop): Crop {
  const side = between(smallest(p), crop.side, largest(p));
  return { x: between(0, crop.x, p.width - side), y: between(0, crop.y, p.height - side), side };
}

export const moved = (p: Size, crop: Crop, dx: number, dy: number): Crop =>
  inside(p, { ...crop, x: crop.x + dx, y: crop.y + dy });

/** Another size around the same middle, as far as the picture reaches. */
export function resized(p: Size, crop: Crop, side: number): Crop {
  const next = between(smallest(p), side, largest(p));
  const shift = (crop.side - next) / 2;
  return inside(p, { x: crop.x + shift, y: crop.y + shift, side: next });
}

/** Two fingers moved apart by a factor enlarge what is between them: the part gets that much smaller. */
export const pinched = (p: Size, crop: Crop, scale: number): Crop =>
  Number.isFinite(scale) && scale > 0 ? resized(p, crop, crop.side / scale) : crop;

/** A pinch on a trackpad arrives as a wheel with Ctrl, in pixels or in lines. */
export const wheelScale = (event: Pick<WheelEvent, 'deltaY' | 'deltaMode'>): number =>
  Math.exp((-event.deltaY * (event.deltaMode === 1 ? 16 : 1)) / 100);

/** A corner pulled to a place; the corner across stays where it is. */
export function pulled(p: Size, crop: Crop, corner: Corner, x: number, y: number): Crop {
  const west = corner === 'nw' || corner === 'sw';
  const north = corner === 'nw' || corner === 'ne';
  const fixed = { x: west ? crop.x + crop.side : crop.x, y: north ? crop.y + crop.side : crop.y };
  const room = Math.min(west ? fixed.x : p.width - fixed.x, north ? fixed.y : p.height - fixed.y);
  const wanted = Math.max(west ? fixed.x - x : x - fixed.x, north ? fixed.y - y : y - fixed.y);
  const side = between(Math.min(smallest(p), room), wanted, room);
  return { x: west ? fixed.x - side : fixed.x, y: north ? fixed.y - side : fixed.y, side };
}

/** How far the part is zoomed in, 0 (all of it) to 100; each step enlarges by the same ratio. */
export function zoomOf(p: Size, crop: Crop): number {
  const range = Math.log(largest(p) / smallest(p));
  return range === 0 ? 0 : between(0, (Math.log(largest(p) / crop.side) / range) * 100, 100);
}

export const sideAt = (p: Size, zoom: number): number =>
  largest(p) * Math.pow(smallest(p) / largest(p), between(0, zoom, 100) / 100);

/** The picture turned clockwise by 90°, with the square on the same part of it. */
export function turned(p: Size, crop: Crop): { size: Size; crop: Crop } {
  return {
    size: { width: p.height, height: p.width },
    crop: { x: p.height - crop.y - crop.side, y: crop.x, side: crop.side },
  };
}

export interface Quality {
  /** Whole pixels a side. */
  pixels: number;
  grade: 'fine' | 'enlarged' | 'too_small';
  /** Of what is advised; 1.5 is half as much again. */
  factor: number;
  /** By how much it is shown larger than it is; 1 where it is not. */
  enlarged: number;
}

/** What counts is the part that is cut out, not the file. Advice: nothing is refused. */
export function quality(side: number, advised: number): Quality {
  const factor = side / advised;
  const grade = factor >= 1 ? 'fine' : factor >= 0.5 ? 'enlarged' : 'too_small';
  return { pixels: Math.floor(side), grade, factor, enlarged: Math.max(1, 1 / factor) };
}
