/** The parts of components that compute. */
import { describe, expect, test } from 'vitest';
import { path, range, scale, spread, ticks } from './chart';
import { accepts } from './files';
import { tellSignedIn } from '../backend/call';
import { heatLevel } from './heat';
import { Load } from './load.svelte';
import { minor, sorted } from './sort';
import { OVERSCAN, slice } from './window';

describe('charts', () => {
  test.each([
    [0, 100, [0, 25, 50, 75, 100]],
    [0, 7.3, [0, 2, 4, 6]],
    [5, 5, [5]],
    [-30, 10, [-30, -20, -10, 0, 10]],
  ])('ticks from %d to %d are round', (low, high, wanted) => {
    expect(ticks(low, high)).toEqual(wanted);
  });

  test('steps hold their value until the next', () => {
    const series = {
      label: 'a',
      step: true,
      points: [
        { x: 0, y: 1 },
        { x: 10, y: 5 },
      ],
    };
    const same = (value: number) => value;
    expect(path(series, same, same)).toBe('M0 1H10V5');
    expect(path({ ...series, step: false }, same, same)).toBe('M0 1L10 5');
  });

  test('ranges and scales survive one value and none', () => {
    expect(range([], true)).toEqual([0, 1]);
    expect(range([{ label: 'a', points: [{ x: 1, y: 0 }] }], true)).toEqual([0, 1]);
    expect(range([{ label: 'a', points: [{ x: 1, y: 7 }] }], true)).toEqual([0, 7.42]);
    expect(scale([3, 3], [10, 20])(3)).toBe(10);
  });

  test('labels at the end keep their distance and stay inside', () => {
    const out = spread([100, 101, 50, 199], 14, 0, 200);
    const order = [...out].sort((a, b) => a - b);
    for (let i = 1; i < order.length; i++) expect(order[i]! - order[i - 1]!).toBeGreaterThanOrEqual(14);
    expect(Math.max(...out)).toBeLessThanOrEqual(200);
  });

  test('heat rises from 1 to 7', () => {
    expect([0, 15, 50, 99, 100].map((value) => heatLevel(value, 0, 100))).toEqual([1, 2, 4, 7, 7]);
    expect(heatLevel(3, 3, 3)).toBe(1);
  });
});

describe('long lists', () => {
  test('draws what is seen and a few more', () => {
    expect(slice(10_000, 40, 0, 400)).toEqual({ from: 0, to: 10 + OVERSCAN, before: 0, after: (10_000 - 18) * 40 });
    const middle = slice(10_000, 40, 200_000, 400);
    expect(middle.from).toBe(5000 - OVERSCAN);
    expect(middle.before + (middle.to - middle.from) * 40 + middle.after).toBe(400_000);
  });

  test('an overshot scroll and a short list', () => {
    expect(slice(100, 40, 1e9, 400)).toMatchObject({ from: 90 - OVERSCAN, to: 100, after: 0 });
    expect(slice(3, 40, 0, 400)).toEqual({ from: 0, to: 3, before: 0, after: 0 });
    expect(slice(0, 40, 0, 400)).toEqual({ from: 0, to: 0, before: 0, after: 0 });
  });
});

describe('sorting', () => {
  const rows = [
    { name: 'Zürich 10', amount: '10.00' },
    { name: 'zürich 9', amount: '9.50' },
    { name: 'Äsch', amount: '-1.00' },
  ];
  const keys = { name: (row: (typeof rows)[0]) => row.name, amount: (row: (typeof rows)[0]) => minor(row.amount) };

  test('words as the language does, with numbers by size', () => {
    expect(sorted(rows, { by: 'name', descending: false }, keys).map((r) => r.name)).toEqual([
      'Äsch',
      'zürich 9',
      'Zürich 10',
    ]);
  });

  test('amounts by size, and back', () => {
    expect(sorted(rows, { by: 'amount', descending: true }, keys).map((r) => r.amount)).toEqual([
      '10.00',
      '9.50',
      '-1.00',
    ]);
  });

  test('unknown columns change nothing', () => {
    expect(sorted(rows, { by: 'x', descending: false }, keys)).toEqual(rows);
    expect(sorted(rows, undefined, keys)).not.toBe(rows);
  });

  test.each([
    ['12.5', 1250n],
    ['-0.05', -5n],
    ['9007199254740993.01', 900719925474099301n],
    ['abc', 0n],
  ])('minor units of %s', (text, wanted) => {
    expect(minor(text)).toBe(wanted);
  });
});

test.each([
  ['image/*', 'a.png', 'image/png', true],
  ['.csv,text/plain', 'LIST.CSV', '', true],
  ['image/png', 'a.jpg', 'image/jpeg', false],
  ['', 'anything', '', true],
])('"%s" and %s (%s): %s', (accept, name, type, wanted) => {
  expect(accepts(accept, { name, type })).toBe(wanted);
});

describe('loading', () => {
  test('a late answer never wins over a newer one', async () => {
    const answers: ((value: string) => void)[] = [];
    const state = new Load(() => new Promise<string>((resolve) => answers.push(resolve)));
    const first = state.again();
    const second = state.again();
    answers[1]!('new');
    await second;
    answers[0]!('old');
    await first;
    expect(state.value).toBe('new');
    expect(state.busy).toBe(false);
  });

  test('a fault keeps the value until the next answer', async () => {
    let fail = false;
    const state = new Load(async () => {
      if (fail) throw '{"code":"unavailable"}';
      return 1;
    });
    await state.again();
    fail = true;
    await state.again();
    expect(state.fault?.code).toBe('unavailable');
    expect(state.value).toBe(1);
    fail = false;
    await state.again();
    expect(state.fault).toBeUndefined();
  });

  test('the end of the session leaves the page as it is, and asks again after the sign-in', async () => {
    let signedIn = true;
    let answer = 1;
    const state = new Load(async () => {
      if (!signedIn) throw '{"code":"unauthenticated"}';
      return answer;
    });
    await state.again();
    signedIn = false;
    const cutOff = state.again();
    await new Promise((resolve) => setTimeout(resolve));
    expect(state.fault).toBeUndefined();
    expect(state.value).toBe(1);
    signedIn = true;
    answer = 2;
    tellSignedIn();
    await cutOff;
    expect(state.value).toBe(2);
    expect(state.busy).toBe(false);
  });
});
