// Needs a page: what it imports reads window.location.
import { expect, test } from 'vitest';
import { ORDER } from './area';
import { areas } from './areas';

test('the areas are those of the list, in its order, and no two want the same key', () => {
  const distinct = (list: unknown[]) => new Set(list).size;
  expect(areas.map((area) => area.name)).toEqual(ORDER);
  expect(distinct(areas.map((area) => area.key))).toBe(areas.length);
});

test.each(areas.map((area) => [area.name, area] as const))(
  '%s has a title and a page',
  async (_name, area) => {
    expect(area.title()).not.toBe('');
    expect((await area.page()).default).toBeTypeOf('function');
  },
  20_000,
); // vite compiles the whole page on the first asking
