import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const src = join(import.meta.dirname, '..');
const pages = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svelte'));

/** Ids and codes of which a list holds each once, because Go or the program makes them so. */
const UNIQUE =
  /^(id|\w+Id|kind|slot|key|act|action|rule|check|hint|cause|number|after|from|date|day|first|expiresOn|currency|value|damage|question|line|category|x)$/;
/** Lists in which the program itself names everything: areas, logos' files, parts of a page. */
const OWN =
  /^(ICONS|CORNERS|THEMES|STAGES|SIZES|states|names|themes|areas|shown|rooms|parts|exclusions|applications|roles|TEXT_KINDS|xs|yTicks|xShown|Array\.from)\b/;

/**
 * A keyed list with a key twice ends the page. So a key is an index, an object of a list that is being written, an id, or
 * a word of the program's own: nothing that a person or a file can write.
 */
test.each(pages)('%s: no key of a list is a text that may stand there twice', (name) => {
  const text = readFileSync(join(src, name), 'utf8');
  const each =
    /\{#each\s+([\s\S]*?)\s+as\s+(const\s+as\s+)?(\w+|\{[^}]*\}|\[[^\]]*\])(?:,\s*(\w+))?\s+\(((?:[^()`]|`[^`]*`)+)\)\}/g;
  const bad = [...text.matchAll(each)].filter(([, list = '', , item, index, key = '']) => {
    if (key === index) return false;
    if (key === item && index) return false; // objects of a list that is being written
    if (list.startsWith('[') || OWN.test(list)) return false;
    return !key.split(' + ').every((part) => UNIQUE.test(part.split('.').at(-1) ?? ''));
  });
  expect(bad.map(([all]) => all)).toEqual([]);
});
