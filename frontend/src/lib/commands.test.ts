import { beforeEach, expect, test, vi } from 'vitest';
import { commands, search, type Act, type Command } from './commands.svelte';
import { areas } from './areas';
import { language, m } from './i18n';
import { keyCaps, listen, PATIENCE_MS } from './shortcuts';

const make = (id: string, title: string, more: Partial<Command> = {}): Command => ({
  id,
  title: () => title,
  run: vi.fn(),
  ...more,
});

test('the last one added wins an id, and leaves it again', () => {
  const first = make('page.save', 'Save');
  const second = make('page.save', 'Save quote');
  const undoFirst = commands.add(() => [first]);
  const undoSecond = commands.add(() => [second]);
  commands.run('page.save');
  expect(second.run).toHaveBeenCalledOnce();
  expect(first.run).not.toHaveBeenCalled();
  undoSecond();
  expect(commands.find('page.save')?.title()).toBe('Save');
  undoFirst();
  expect(commands.find('page.save')).toBeUndefined();
});

test('search finds without accents and by other words, beginnings first', () => {
  const all = [
    make('a', 'Show privacy report'),
    make('b', 'Price simulator'),
    make('c', 'Período de facturación'),
    make('d', 'Sign out', { words: () => 'log off leave' }),
    make('e', 'Secret price', { hidden: true }),
  ];
  expect(search(all, 'pri').map((c) => c.id)).toEqual(['b', 'a']);
  expect(search(all, 'periodo').map((c) => c.id)).toEqual(['c']);
  expect(search(all, 'leave').map((c) => c.id)).toEqual(['d']);
  expect(search(all, '').map((c) => c.id)).toEqual(['a', 'b', 'c', 'd']);
  expect(search(all, 'price zebra')).toEqual([]);
});

test('an act waits for its page, and is done once', () => {
  const act: Act = { id: 'page.add', title: () => 'Add', at: '#/page', keys: 'n' };
  const run = vi.fn();
  commands.do(act);
  expect(location.hash).toBe('#/page');
  expect(commands.of(act).keys).toBeUndefined();
  commands.wake({}); // the page is there, what it needs is not
  commands.wake({ 'page.add': run });
  commands.wake({ 'page.add': run });
  expect(run).toHaveBeenCalledOnce();
  const stop = commands.serve(() => ({ 'page.add': run }));
  expect(commands.of(act).keys).toBe('n');
  commands.of(act).run();
  expect(run).toHaveBeenCalledTimes(2);
  stop();
});

test('every act of every area has an id of its own and an address within the area', () => {
  const all = areas.flatMap((area) => (area.acts ?? []).map((act) => ({ area: area.name, act })));
  expect(new Set(all.map(({ act }) => act.id)).size).toBe(all.length);
  for (const { area, act } of all) expect(act.at, act.id).toMatch(new RegExp(`^#/${area}([/?]|$)`));
});

test.each([
  ['it', 'esci', 'out'],
  ['it', 'scuro', 'dark'],
  ['en', 'scuro', 'dark'],
  ['de', 'dunkel', 'dark'],
  ['it', 'password', 'session.password'],
  ['en', 'lock', 'session.security'],
  ['fr', 'solde', 'payment.ledger'],
  ['es', 'exportar', 'activity.export'],
  ['en', 'payout', 'prepaid.payout'],
  ['it', 'foto', 'profile.picture'],
  ['en', 'foto', 'profile.picture'],
  ['it', 'prefe', 'settings'],
] as const)('in %s, %s finds %s', (locale, typed, id) => {
  language.current = locale;
  const all: Command[] = [
    { id: 'out', title: m.shell_sign_out, words: m.shell_find_words_sign_out, run: vi.fn() },
    { id: 'dark', title: m.shell_theme_dark, words: m.shell_find_words_theme, run: vi.fn() },
    ...areas.map((area) => ({ id: area.name, title: area.title, words: area.words, run: vi.fn() })),
    ...areas.flatMap((area) => (area.acts ?? []).map((act) => commands.of(act))),
  ];
  expect(
    search(all, typed)
      .map((c) => c.id)
      .slice(0, 5),
  ).toContain(id);
  language.current = 'en';
});

test('keys are named as the system names them', () => {
  expect(keyCaps('mod+k', false)).toEqual(['Ctrl K']);
  expect(keyCaps('mod+k', true)).toEqual(['⌘ K']);
  expect(keyCaps('g r', false)).toEqual(['g', 'r']);
  language.current = 'de';
  expect(keyCaps('mod+k', false)).toEqual(['Strg K']);
  expect(keyCaps('mod+plus', true)).toEqual(['⌘ +']);
  language.current = 'fr';
  expect(keyCaps('esc', false)).toEqual(['Échap']);
  language.current = 'en';
});

let time = 0;
let all: Command[];
let press: (key: string, init?: KeyboardEventInit, target?: HTMLElement) => KeyboardEvent;

beforeEach(() => {
  document.body.replaceChildren();
  time = 0;
  all = [
    make('go', 'Go', { keys: 'g r' }),
    make('palette', 'Palette', { keys: 'mod+k' }),
    make('help', 'Help', { keys: '?' }),
  ];
  const handle = listen(
    () => all,
    () => time,
  );
  press = (key, init = {}, target = document.body) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
    target.addEventListener('keydown', handle, { once: true });
    target.dispatchEvent(event);
    return event;
  };
});

test('g then r, within its time', () => {
  press('g');
  time = PATIENCE_MS - 1;
  expect(press('r').defaultPrevented).toBe(true);
  expect(all[0]!.run).toHaveBeenCalledOnce();
  press('g');
  time += PATIENCE_MS + 1;
  press('r');
  expect(all[0]!.run).toHaveBeenCalledOnce();
});

test('Ctrl K and ⌘ K work while typing, single keys do not', () => {
  const field = document.body.appendChild(document.createElement('input'));
  press('k', { ctrlKey: true }, field);
  press('K', { metaKey: true }, field);
  expect(all[1]!.run).toHaveBeenCalledTimes(2);
  press('?', { shiftKey: true }, field);
  expect(all[2]!.run).not.toHaveBeenCalled();
  press('?', { shiftKey: true });
  expect(all[2]!.run).toHaveBeenCalledOnce();
});

test('single keys are quiet while a dialog is open', () => {
  document.body.appendChild(document.createElement('div')).setAttribute('role', 'dialog');
  press('?');
  expect(all[2]!.run).not.toHaveBeenCalled();
});
