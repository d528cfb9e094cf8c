import { afterEach, expect, test } from 'vitest';
import { href, parseRoute, router, startRouter } from './router.svelte';

test('reads area, path and query', () => {
  const route = parseRoute('#/partner/quotes/a%20b?tab=steps&tab2=');
  expect(route.area).toBe('partner');
  expect(route.path).toEqual(['quotes', 'a b']);
  expect(route.query.get('tab')).toBe('steps');
});

test.each([
  ['', ''],
  ['#', ''],
  ['#/', ''],
  ['#home', 'home'],
  ['#/%E0%A4%A/x', '%E0%A4%A'],
])('%s is area "%s"', (hash, area) => {
  expect(parseRoute(hash).area).toBe(area);
});

test('href and parseRoute are each other’s way back', () => {
  const route = parseRoute(href('client', ['Café / Bar', '50 %'], { q: 'a&b=c #1' }));
  expect(route).toMatchObject({ area: 'client', path: ['Café / Bar', '50 %'] });
  expect(route.query.get('q')).toBe('a&b=c #1');
});

let stop: (() => void) | undefined;
afterEach(() => {
  stop?.();
  document.body.replaceChildren();
});

function click(address: string): boolean {
  const link = document.createElement('a');
  link.setAttribute('href', address);
  link.append(document.createElement('span'));
  document.body.append(link);
  return link.firstElementChild!.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
}

test('follows links of its own and lets none leave the window', () => {
  stop = startRouter();
  expect(click('#/partner/simulator')).toBe(false);
  expect(router.route).toMatchObject({ area: 'partner', path: ['simulator'] });
  expect(click('https://example.com/')).toBe(false);
  expect(click('javascript:void 0')).toBe(false);
  expect(router.route.area).toBe('partner');
});

test('a file dropped beside its field does not replace the page', () => {
  stop = startRouter();
  const drop = new Event('drop', { bubbles: true, cancelable: true });
  document.body.dispatchEvent(drop);
  expect(drop.defaultPrevented).toBe(true);
});
