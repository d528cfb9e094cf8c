import { expect, test } from 'vitest';
import { moved, pixelAt } from './pick';

test('a picker stays within the picture', () => {
  const within = { width: 100, height: 50 };
  expect(moved({ x: 10, y: 10 }, 1, -1, within)).toEqual({ x: 11, y: 9 });
  expect(moved({ x: 95, y: 2 }, 20, -20, within)).toEqual({ x: 99, y: 0 });
});

test('a pixel is written as a colour', () => {
  expect(pixelAt([28, 33, 34, 255])).toBe('#1c2122');
  expect(pixelAt([0, 0, 0, 0])).toBe('#ffffff');
});
