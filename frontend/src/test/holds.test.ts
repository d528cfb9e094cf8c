/**
 * What is typed into a form of a page is kept or asked for: every form that is no dialog registers what it holds. (Dialogs
 * do it themselves.) The sign-in keeps nothing that anybody would miss.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SOURCE = join(import.meta.dirname, '..');
const FREE = ['welcome/SignInForm.svelte', 'lib/ui/Dialog.svelte'];

test('every form in a page holds what is typed', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svelte'));
  const forms = files.filter((name) => /<form\b/.test(readFileSync(join(SOURCE, name), 'utf8')));
  expect(forms.length).toBeGreaterThan(4);
  const loose = forms.filter(
    (name) => !FREE.includes(name.replaceAll('\\', '/')) && !/\bholds\(/.test(readFileSync(join(SOURCE, name), 'utf8')),
  );
  expect(loose).toEqual([]);
});
