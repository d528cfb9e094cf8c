import { expect, test } from 'vitest';
import { areas } from './areas';

test('areas stand in order, and no two want the same name, place or key', () => {
  expect(areas.length).toBeGreaterThan(0);
  const distinct = (list: unknown[]) => new Set(list).size;
  expect(distinct(areas.map((area) => area.name))).toBe(areas.length);
  expect(distinct(areas.map((area) => area.order))).toBe(areas.length);
  expect(distinct(areas.map((area) => area.key))).toBe(areas.length);
  expect(areas.map((area) => area.order)).toEqual(areas.map((area) => area.order).sort((a, b) => a - b));
});

test.each(areas.map((area) => [area.name, area] as const))(
  '%s has a title and a page',
  async (_name, area) => {
    expect(area.title()).not.toBe('');
    expect((await area.page()).default).toBeTypeOf('function');
  },
  20_000,
); // vite compiles the whole page on the first asking
