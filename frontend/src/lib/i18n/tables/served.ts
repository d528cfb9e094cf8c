/** The built window: Go has the texts, for the mails and papers that it writes, and serves a language when it is needed. */
import type { Texts } from '../message';

/** What public/words.js has asked for, before any module was there. */
declare global {
  interface Window {
    kontorTexts?: Promise<Response>;
  }
}

const read = async (answer: Promise<Response> | undefined): Promise<Response> => {
  const response = await answer;
  if (!response?.ok) throw new Error(`texts: ${response?.status}`);
  return response;
};

/** Nothing is there at first. */
export const tables: Record<string, Texts> = {};

/** The language in which the person is spoken to at the start; known when `first` is there. */
export let locale = 'en';

/** Until then the window says nothing. */
export const first: Promise<void> | undefined = read(window.kontorTexts).then(async (response) => {
  locale = response.headers.get('Content-Language') ?? 'en';
  tables[locale] = await response.json();
});

export const load = async (language: string): Promise<Texts> =>
  // eslint-disable-next-line no-restricted-syntax -- it carries nothing
  (await read(fetch(`/texts/${language}`))).json();
