import { expect, test } from 'vitest';
import { AVATAR_COLOURS, avatarColour, initials } from './avatar';

test.each([
  ['Elena Bianchi', 'EB'],
  ['Studio Ponteri SA', 'SP'],
  ['Valmara Sagl', 'V'],
  ['SA', 'S'],
  ['Kontor', 'K'],
  ['  élodie   d’Amboise ', 'ÉA'],
  ['Jean-Luc', 'JL'],
  ['e\u0301lodie', 'É'],
  ['👩‍👩‍👧 Famiglia', '👩‍👩‍👧F'],
  ['ßteffen', 'SS'],
  ['李 小龙', '李小'],
  ["Chiara D'Ambrosio-Müller", 'CD'],
  ["D'Ambrosio-Müller", 'DM'],
  ['Valmara S.p.A.', 'V'],
  ['Anna-Lena Weiss', 'AW'],
  ['— . —', '?'],
  ['', '?'],
])('initials of "%s" are "%s"', (name, wanted) => {
  expect(initials(name)).toBe(wanted);
});

test('a colour is stable, in range, and all ten are used', () => {
  const seen = new Set<number>();
  for (let i = 0; i < 1000; i++) {
    const colour = avatarColour(`account-${i}`);
    expect(colour).toBe(avatarColour(`account-${i}`));
    seen.add(colour);
  }
  expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: AVATAR_COLOURS }, (_, i) => i + 1));
});
