// Compiles messages/<locale>/<area>.json with Paraglide into src/paraglide, from the files of this folder only: the
// plugin comes from node_modules and nothing is fetched. Does nothing when neither the texts nor this script changed.
//
//   node scripts/messages.mjs           one module per language (checks, tests, development)
//   node scripts/messages.mjs --split   one module per message (the built window: each page carries its own words)
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from '@inlang/paraglide-js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const LOCALES = ['en', 'it', 'es', 'fr', 'de'];
/** Keys with these prefixes are looked up at run time by a code that Go sends; any area's file may hold some. */
const BY_CODE = ['fault_', 'reason_', 'field_', 'act_', 'home_', 'todo_'];

function checkJSON(file, text) {
  try {
    if (text) JSON.parse(text);
  } catch (error) {
    console.error(`${file}: ${error.message}`);
    process.exit(1);
  }
}

export async function compileMessages({ split = false } = {}) {
  const outdir = join(root, 'src/paraglide', split ? 'split' : 'whole');
  const areas = readdirSync(join(root, 'messages/en'))
    .filter((name) => name.endsWith('.json'))
    .sort();

  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
  hash.update(readFileSync(join(root, 'package-lock.json')));
  for (const locale of LOCALES)
    for (const area of areas) {
      const file = join(root, 'messages', locale, area);
      const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
      checkJSON(file, text); // the compiler would print its whole plugin
      hash.update(`${locale}/${area}\0`).update(text);
    }
  const stamp = hash.digest('hex');
  const stampFile = join(outdir, '.stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;

  // Paraglide wants its settings in a folder, and takes ten times as long for many files as for one: the areas are
  // joined there, one file a language.
  const project = join(root, 'project.inlang');
  mkdirSync(join(project, 'joined'), { recursive: true });
  for (const locale of LOCALES) {
    const joined = {};
    for (const area of areas) {
      const texts = JSON.parse(readFileSync(join(root, 'messages', locale, area), 'utf8'));
      for (const key of Object.keys(texts))
        if (key in joined) throw new Error(`messages/${locale}/${area}: ${key} stands in another file too`);
      Object.assign(joined, texts);
    }
    writeFileSync(join(project, 'joined', `${locale}.json`), JSON.stringify(joined));
  }
  const settings = {
    baseLocale: 'en',
    locales: LOCALES,
    telemetry: 'off',
    modules: ['./node_modules/@inlang/plugin-message-format/dist/index.js'],
    'plugin.inlang.messageFormat': { pathPattern: './project.inlang/joined/{locale}.json' },
  };
  writeFileSync(join(project, 'settings.json'), JSON.stringify(settings, null, 2));

  await compile({
    project,
    outdir,
    outputStructure: split ? 'message-modules' : 'locale-modules',
    strategy: ['globalVariable', 'baseLocale'],
    isServer: 'false',
    emitReadme: false,
  });

  // import {m} shakes well as long as nobody writes m[code]; codes get this small table of their own.
  const keys = areas
    .flatMap((name) => Object.keys(JSON.parse(readFileSync(join(root, 'messages/en', name), 'utf8'))))
    .filter((key) => BY_CODE.some((prefix) => key.startsWith(prefix)));
  writeFileSync(
    join(outdir, 'bycode.js'),
    `/* eslint-disable */\nexport { ${keys.join(', ')} } from './messages/_index.js';\n`,
  );
  writeFileSync(stampFile, stamp);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await compileMessages({ split: process.argv.includes('--split') });
  process.exit(0); // the compiler leaves timers behind that would hold the process for 30 s
}
