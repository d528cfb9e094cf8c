import { expect, test } from 'vitest';
import { ORDER } from '$lib/area';
import { DOORS, doorLabel, doorsOf } from './pages';
import { parseRoute } from '$lib/router.svelte';

test.each(ORDER)('%s leads to its page of Infomaniak, or says why it has none', (name) => {
  const doors = DOORS[name];
  if ('none' in doors) expect(doors.none).not.toBe('');
  else expect((doors as Record<string, unknown[]>)['']?.length).toBeGreaterThan(0);
});

test('a room without a line of its own has the doors of its area', () => {
  expect(doorsOf(parseRoute('#/transfer/abc')).map((door) => door.page)).toEqual(['domains', 'domain_guides']);
  expect(doorsOf(parseRoute('#/nowhere'))).toEqual([]);
  expect(doorLabel({ page: 'domains' })).toBe('Domains in the Manager');
  expect(doorLabel({ page: 'partner_guides' })).toBe('Partner guides at Infomaniak');
});
