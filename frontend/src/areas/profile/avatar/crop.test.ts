import { describe, expect, test } from 'vitest';
import {
  inside,
  moved,
  pinched,
  pulled,
  quality,
  resized,
  sideAt,
  turned,
  wheelScale,
  whole,
  zoomOf,
  type Crop,
} from './crop';

const wide = { width: 400, height: 300 };
const crop: Crop = { x: 100, y: 50, side: 200 };

test('it begins with all that a square can take', () => {
  expect(whole(wide)).toEqual({ x: 50, y: 0, side: 300 });
  expect(whole({ width: 9, height: 12 })).toEqual({ x: 0, y: 1.5, side: 9 });
});

test.each([
  ['to the right', 50, 0, { x: 150, y: 50, side: 200 }],
  ['no further than the edge', 999, 999, { x: 200, y: 100, side: 200 }],
  ['nor beyond the other', -999, -999, { x: 0, y: 0, side: 200 }],
])('moving %s', (_, dx, dy, want) => expect(moved(wide, crop, dx, dy)).toEqual(want));

test.each([
  ['smaller, around the middle', crop, 100, { x: 150, y: 100, side: 100 }],
  ['larger, pushed back inside', { x: 0, y: 0, side: 200 }, 300, { x: 0, y: 0, side: 300 }],
  ['never larger than the picture', crop, 5000, { x: 50, y: 0, side: 300 }],
  ['never a spot', crop, 0, { x: 192, y: 142, side: 16 }],
])('resizing: %s', (_, from, side, want) => expect(resized(wide, from, side)).toEqual(want));

describe('pulling a corner', () => {
  test.each([
    ['se', 250, 300, { x: 100, y: 50, side: 250 }],
    ['se', 900, 900, { x: 100, y: 50, side: 250 }],
    ['nw', 200, 150, { x: 200, y: 150, side: 100 }],
    ['nw', -50, -50, { x: 50, y: 0, side: 250 }],
    ['ne', 350, 60, { x: 100, y: 0, side: 250 }],
    ['sw', 50, 100, { x: 50, y: 50, side: 250 }],
    ['se', 0, 0, { x: 100, y: 50, side: 16 }],
  ] as const)('%s to %d, %d', (corner, x, y, want) => expect(pulled(wide, crop, corner, x, y)).toEqual(want));

  test('the corner across stays, wherever one pulls', () => {
    for (const corner of ['nw', 'ne', 'sw', 'se'] as const)
      for (let x = -100; x <= 500; x += 37)
        for (let y = -100; y <= 500; y += 41) {
          const next = pulled(wide, crop, corner, x, y);
          const east = (c: Crop) => (corner.endsWith('w') ? c.x + c.side : c.x);
          const south = (c: Crop) => (corner.startsWith('n') ? c.y + c.side : c.y);
          expect([east(next), south(next)]).toEqual([east(crop), south(crop)]);
          expect(inside(wide, next)).toEqual(next);
        }
  });
});

test('zoom goes from all of it to the smallest part and back', () => {
  expect(zoomOf(wide, whole(wide))).toBe(0);
  expect(sideAt(wide, 0)).toBe(300);
  expect(sideAt(wide, 100)).toBeCloseTo(16);
  for (const zoom of [0, 12, 50, 99.5])
    expect(zoomOf(wide, { x: 0, y: 0, side: sideAt(wide, zoom) })).toBeCloseTo(zoom);
  expect(zoomOf({ width: 8, height: 8 }, { x: 0, y: 0, side: 8 })).toBe(0);
});

test('turning keeps the square on the same part, and four turns are none', () => {
  expect(turned(wide, crop)).toEqual({ size: { width: 300, height: 400 }, crop: { x: 50, y: 100, side: 200 } });
  let now = { size: wide, crop: { x: 10, y: 20, side: 64 } };
  for (let i = 0; i < 4; i++) now = turned(now.size, now.crop);
  expect(now).toEqual({ size: wide, crop: { x: 10, y: 20, side: 64 } });
});

test.each([
  [420, 'fine', 1],
  [210, 'fine', 1],
  [209.9, 'enlarged', 210 / 209.9],
  [150, 'enlarged', 1.4],
  [105, 'enlarged', 2],
  [104, 'too_small', 210 / 104],
])('a part of %d pixels is %s', (side, grade, enlarged) => {
  const got = quality(side, 210);
  expect(got.grade).toBe(grade);
  expect(got.enlarged).toBeCloseTo(enlarged);
  expect(got.pixels).toBe(Math.floor(side));
});

describe('pinching', () => {
  test.each([
    ['apart shows a smaller part', 2, { x: 150, y: 100, side: 100 }],
    ['together a larger one', 0.8, { x: 75, y: 25, side: 250 }],
    ['no further than the picture', 0.1, { x: 50, y: 0, side: 300 }],
    ['nor than a spot', 100, { x: 192, y: 142, side: 16 }],
    ['nonsense leaves it', NaN, crop],
    ['nothing leaves it', 0, crop],
  ])('%s', (_, scale, want) => expect(pinched(wide, crop, scale)).toEqual(want));
});

test('a wheel with Ctrl is a pinch: small turns change little, either way alike', () => {
  expect(wheelScale({ deltaY: -10, deltaMode: 0 })).toBeCloseTo(1 / wheelScale({ deltaY: 10, deltaMode: 0 }));
  expect(wheelScale({ deltaY: -10, deltaMode: 0 })).toBeGreaterThan(1);
  expect(wheelScale({ deltaY: -1, deltaMode: 1 })).toBeGreaterThan(wheelScale({ deltaY: -1, deltaMode: 0 }));
});
