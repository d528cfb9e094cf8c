import { describe, expect, test } from 'vitest';
import type { Branding, Logo } from './api';
import { contrastOf, isRepaired, shown, source } from './look';

const logo = (id: string, originId = id) =>
  ({ id, originId, contrast: [{ theme: 'dark', place: 'header', ratio: '1.3', grade: 'lost' }] }) as Logo;
const view = (draft: Partial<Branding['draft']>, set: Partial<Branding['set']> = {}) =>
  ({
    draft: { square: 'initials', squareId: '', rectangularId: '', ...draft },
    set: { square: 'initials', squareId: '', rectangularId: '', ...set },
    logos: [logo('a'), logo('b', 'a'), logo('q')],
  }) as Branding;

describe('what a preview shows', () => {
  test('nothing set: initials and no logo', () => {
    expect(shown(view({}), 'after')).toEqual({ square: undefined, rectangular: undefined });
    expect(isRepaired(view({}))).toBe(false);
  });
  test('a repaired logo, and the file as it was brought', () => {
    const repaired = view({ rectangularId: 'b' });
    expect(shown(repaired, 'after').rectangular?.id).toBe('b');
    expect(shown(repaired, 'before').rectangular?.id).toBe('a');
    expect(shown(repaired, 'set').rectangular).toBeUndefined();
    expect(isRepaired(repaired)).toBe(true);
  });
  test('a square logo that is kept aside is not shown', () => {
    expect(shown(view({ squareId: 'q' }), 'after').square).toBeUndefined();
    expect(shown(view({ square: 'logo', squareId: 'q' }), 'after').square?.id).toBe('q');
  });
  test('what is set now', () => {
    expect(shown(view({}, { square: 'logo', squareId: 'q' }), 'set').square?.id).toBe('q');
  });
});

test('a contrast is that of theme and place', () => {
  expect(contrastOf(logo('a'), 'dark', 'header')?.ratio).toBe('1.3');
  expect(contrastOf(logo('a'), 'light', 'header')).toBeUndefined();
});

test('pictures come from the program itself', () => {
  expect(source(logo('a'), 32)).toBe('/media/branding/a/32');
});
