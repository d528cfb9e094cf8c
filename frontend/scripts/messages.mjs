// Writes the type of every text of messages/en into src/texts, so that the compiler knows which there are and what each
// has to be told. The texts themselves are read as they are: by Go, by tests, by the window.
import { mkdirSync, readFileSync, readdirSync, writeFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'messages/en');

/** The names that a text has to be told: its places, and what its variants are chosen by. */
function inputs(text) {
  const variants = typeof text === 'string' ? [text] : text.flatMap((one) => Object.values(one.match));
  const places = variants.flatMap((one) => [...one.matchAll(/\{(\w+)\}/g)].map((hit) => hit[1]));
  const declared = typeof text === 'string' ? [] : text.flatMap((one) => one.declarations);
  const told = declared.filter((one) => one.startsWith('input ')).map((one) => one.split(' ')[1]);
  return [...new Set([...told, ...places])].sort();
}

const lines = [];
const files = new Map(); // of a key
for (const file of readdirSync(folder).sort()) {
  let texts;
  try {
    texts = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  } catch (error) {
    console.error(`messages/en/${file}: ${error.message}`);
    process.exit(1);
  }
  for (const [key, text] of Object.entries(texts)) {
    if (files.has(key)) throw new Error(`messages/en/${file}: ${key} stands in ${files.get(key)} too`);
    files.set(key, file);
    const needs = inputs(text).map((name) => `'${name}'`);
    lines.push(`  ${key}: ${needs.length ? `Filled<${needs.join(' | ')}>` : 'Plain'};`);
  }
}
const written = `import type { Filled, Plain } from '$lib/i18n';\n\nexport interface Messages {\n${lines.join('\n')}\n}\n`;
const out = join(root, 'src/texts/messages.ts');
mkdirSync(dirname(out), { recursive: true });
if (!existsSync(out) || readFileSync(out, 'utf8') !== written) writeFileSync(out, written);
