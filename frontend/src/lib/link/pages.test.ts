// Needs a page: what it imports reads window.location.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ORDER } from '$lib/area';
import { DOORS, customize, doorLabel, doorsOf, type Door } from './pages';
import { parseRoute } from '$lib/router.svelte';

test.each(ORDER)('%s leads to its page of Infomaniak, or says why it has none', (name) => {
  const doors = DOORS[name];
  if ('none' in doors) expect(doors.none).not.toBe('');
  else expect((doors as Record<string, unknown[]>)['']?.length).toBeGreaterThan(0);
});

test('a room without a line of its own has the doors of its area', () => {
  expect(doorsOf(parseRoute('#/transfer/abc')).map((door) => door.page)).toEqual(['domains', 'domain_guides', 'guide']);
  expect(doorsOf(parseRoute('#/payment/renewals/x'))[0]?.page).toBe('renewals');
  expect(doorsOf(parseRoute('#/nowhere'))).toEqual([]);
  expect(doorLabel({ page: 'domains' })).toBe('Domains in the Manager');
  expect(doorLabel({ page: 'partner_guides' })).toBe('Partner guides at Infomaniak');
});

test('every page that Kontor knows of Infomaniak has its door', () => {
  const source = readFileSync(join(import.meta.dirname, '../../../../internal/host/link/link.go'), 'utf8');
  const known = [...source.matchAll(/^\t\w+ +ID = "(\w+)"/gm)].map((found) => found[1]);
  const doors = Object.values(DOORS).flatMap((one) => ('none' in one ? [] : (Object.values(one).flat() as Door[])));
  const pageOfItsOwn = ['domain']; // of one domain: areas/transfer/Detail.svelte
  const reached = new Set<string>([...doors, customize].map((door) => door.page).concat(pageOfItsOwn as []));
  expect(known).toHaveLength(22);
  expect(known.filter((id) => !reached.has(id!))).toEqual([]);
});
