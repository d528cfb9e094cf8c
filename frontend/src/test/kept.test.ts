import { fireEvent, render, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { forms as figures } from '$lib/format/forms.svelte';
import { language } from '$lib/i18n';
import { standIn } from './kept/backend';
import { type Form, forms, type Pages } from './kept/forms';
import { ZONE } from './kept/zone';

const pages = import.meta.glob('../**/*.svelte') as Pages;
const sources = import.meta.glob('../**/*.svelte', { query: '?raw', import: 'default', eager: true });

const PEOPLE = ['it-IT', 'it-CH', 'de-CH', 'de-DE', 'es-ES', 'fr-FR', 'en'] as const;
/** One of each way to write figures. */
const WRITING = new Set<string>(['it-CH', 'de-DE', 'fr-FR', 'en']);
/**
 * Columns of a file that the person has just brought, days to go to, to filter by or to put off to, a day
 * that begins with today: nothing is there before.
 */
const BEGINS_EMPTY = [
  'areas/partner/ImportDialog.svelte',
  'areas/activity/Entries.svelte',
  'areas/activity/Filters.svelte',
  'areas/home/PutOffDialog.svelte',
  'areas/mirror/Events.svelte',
  'areas/quote/AcceptDialog.svelte',
  'areas/sale/Items.svelte',
  'areas/sale/MakeDialog.svelte',
];

beforeEach(() => (figures.timeZone = ZONE));
afterEach(() => {
  figures.region = '';
  figures.timeZone = '';
});

/** Opens a form as this person; answers what it sends, and how to send it. */
async function open(form: Form, person: string) {
  const [spoken, region = ''] = person.split('-');
  language.current = spoken as 'en';
  figures.region = region;
  const sent = standIn(form.answers);
  const { default: page } = await pages[`../${form.file}`]!();
  render(page, form.props);
  const named = (name: RegExp) => [...document.querySelectorAll('button')].find((one) => name.test(label(one)));
  for (const name of form.through ?? [])
    await waitFor(() => fireEvent.click(named(name) ?? expect.fail(`no button ${name}`)));
  const [method, ...args] = form.sends;
  const reached = () => sent.filter((one) => one.method === method); // the last counts: some ask at every key
  const inputs = () =>
    [...document.querySelectorAll<HTMLInputElement>('input.input, .stepper input')].filter((one) => !one.disabled);
  await waitFor(() => expect(inputs().length).toBeGreaterThan(0));
  async function save() {
    const button = [...document.querySelectorAll<HTMLButtonElement>('button.primary')].at(-1);
    if (button) await fireEvent.click(button);
    if (method) await waitFor(() => expect(reached().at(-1)?.args).toEqual(args));
  }
  return { inputs, save };
}

const label = (one: Element) => one.getAttribute('aria-label') ?? one.textContent ?? '';

describe.each(forms)('$file', (form) => {
  test.each(PEOPLE)('opened and saved by somebody who writes as in %s, it changes nothing', async (person) => {
    const { save } = await open(form, person);
    await save();
  });

  test.each(PEOPLE.filter((person) => WRITING.has(person)))(
    'what it shows may be typed again as in %s',
    async (person) => {
      const { inputs, save } = await open(form, person);
      for (const input of inputs()) {
        const shown = input.value;
        input.focus();
        for (const text of ['', shown]) await fireEvent.input(input, { target: { value: text } });
        await fireEvent.change(input);
        input.blur();
        expect(input.value).toBe(shown);
      }
      await save();
    },
  );
});

test('every form with figures or days is held to that', () => {
  const held = new Set<string>(BEGINS_EMPTY.map((file) => `../${file}`));
  const hold = (path: string) => {
    if (held.has(path) || !(path in sources)) return;
    held.add(path);
    for (const [, to] of String(sources[path]).matchAll(/import \w+ from '(\.[^']+\.svelte)'/g))
      hold(new URL(to!, `file:///src/test/${path}`).pathname.replace('/src/', '../'));
  };
  for (const form of forms) hold(`../${form.file}`);
  const free = Object.entries(sources)
    .filter(([path, text]) => path.startsWith('../areas/') && /<(Number|Date|Moment)Input\b/.test(String(text)))
    .map(([path]) => path)
    .filter((path) => !held.has(path));
  expect(free, 'write them into src/test/kept').toEqual([]);
});
