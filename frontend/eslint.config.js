import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

// Traps of the shell, each of which has cost somebody a day (see README.md, "What not to do").
const traps = [
  {
    selector: "CallExpression[callee.name='fetch'], CallExpression[callee.property.name='fetch']",
    message: 'A fetch that carries a File, Blob or FormData kills the window. Call a binding; send file.arrayBuffer().',
  },
  { selector: "NewExpression[callee.name='FormData']", message: 'FormData with a file kills the window.' },
  {
    selector: "MemberExpression[object.name='navigator'][property.name='clipboard']",
    message: 'The window refuses it: use copy() from $lib/backend/clipboard.',
  },
  {
    selector: "MemberExpression[object.name='m'][computed=true]",
    message: 'Nobody has checked that there is a text for it. Use word() from $lib/i18n for codes.',
  },
];

// What may be refused goes through one of four, so that no page shows it in its own way or forgets it.
const refusals = [
  {
    selector: 'CatchClause[param!=null]',
    message: 'Let Attempt, Load, Latest or toasts.told say what was refused.',
  },
  {
    selector: "VariableDeclarator[id.name='busy'][init.callee.name='$state']",
    message: 'Whether something is under way is asked of Attempt, Load or Latest.',
  },
];
/** Places that do more with a refusal than show it. */
const refusalsOfTheirOwn = [
  'src/areas/activity/journal.svelte.ts', // three answers of one search, and the place in it that is wrong
  'src/areas/activity/ImportDialog.svelte', // the five imports: what is refused decides which step is shown
  'src/areas/client/SignedMessageDialog.svelte',
  'src/areas/partner/ImportDialog.svelte',
  'src/areas/payment/ImportDialog.svelte',
  'src/areas/transfer/BulkDialog.svelte',
  'src/areas/branding/Page.svelte', // one change at a time, with room made and asked for anew
  'src/areas/branding/Ready.svelte', // a refusal is the result of the check
  'src/areas/organization/Sso.svelte', // its refusals stand in the form below the dialog that asks for the password
  'src/areas/profile/avatar/AvatarDialog.svelte', // the picture is drawn in the window
];

const wailsOnlyAtTheEdge = {
  group: ['**/wailsjs/**', '$wailsjs/**'],
  message: 'Only lib/backend and areas/*/api.ts know the bindings.',
};
const strangers = (regex) => ({
  regex,
  message: 'Areas never import each other. What two of them need belongs into $lib.',
});
const outOfFolder = strangers('^\\.\\./');
const outOfArea = strangers('^(\\.\\./){2}');

export default defineConfig(
  {
    ignores: ['dist/', 'wailsjs/', 'src/texts/', 'src/lib/design/', 'node_modules/', '.svelte-check/'],
  },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser } } },
  { files: ['scripts/**', '*.config.{js,ts}'], languageOptions: { globals: { ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    rules: {
      'no-restricted-syntax': ['error', ...traps],
      'no-restricted-imports': ['error', { patterns: [wailsOnlyAtTheEdge] }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // hash links are resolved by lib/router, there is no SvelteKit here
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/require-each-key': 'error',
      // values here are read, never changed in place
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['src/areas/**', 'src/shell/**', 'src/welcome/**'],
    ignores: ['**/*.test.ts', ...refusalsOfTheirOwn],
    rules: { 'no-restricted-syntax': ['error', ...traps, ...refusals] },
  },
  {
    files: ['src/areas/*/*'],
    rules: { 'no-restricted-imports': ['error', { patterns: [wailsOnlyAtTheEdge, outOfFolder] }] },
  },
  {
    files: ['src/areas/*/*/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [wailsOnlyAtTheEdge, outOfArea] }] },
  },
  { files: ['src/areas/*/api.ts'], rules: { 'no-restricted-imports': ['error', { patterns: [outOfFolder] }] } },
  { files: ['src/lib/backend/**'], rules: { 'no-restricted-imports': 'off' } },
  // the tests of an area share src/test with all others
  {
    files: ['src/areas/*/*.test.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [wailsOnlyAtTheEdge, strangers('^\\.\\./(?!\\.\\./test/)')] }],
    },
  },
);
