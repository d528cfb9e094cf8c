import { expect, it } from 'vitest';
import { works } from './api';

it('reads whose work is in the program, each with its text', async () => {
  const all = await works();
  const named = (start: string) => all.find((work) => work.name.startsWith(start));
  expect(named('svelte ')).toMatchObject({ licences: 'MIT' });
  expect(named('svelte ')?.text).toContain('Permission is hereby granted');
  expect(named('github.com/wailsapp/wails/v2 ')?.licences).toBe('MIT');
  expect(named('Go')).toMatchObject({ name: 'Go', licences: 'BSD-3-Clause' });
  expect(named('Fonts')?.text).toMatch(/^The fonts of the papers[^]*SIL OPEN FONT LICENSE/);
  expect(all.filter((work) => !work.licences && work.name !== 'Fonts')).toEqual([]);
  expect(all.filter((work) => work.text === '')).toEqual([]);
});
