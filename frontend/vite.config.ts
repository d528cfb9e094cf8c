import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Lists the packages that are in the bundle: internal/dev/notices writes down whose they are. */
const packages: Plugin = {
  name: 'kontor:packages',
  generateBundle(_, bundle) {
    const names = new Set<string>();
    for (const chunk of Object.values(bundle))
      for (const id of chunk.type === 'chunk' ? chunk.moduleIds : []) {
        const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1];
        if (name) names.add(name);
      }
    this.emitFile({ type: 'asset', fileName: 'packages.txt', source: [...names].sort().join('\n') + '\n' });
  },
};

/** Packs what the page loads: the program carries a quarter of it, and unpacks a file when it is asked for. */
const pack: Plugin = {
  name: 'kontor:pack',
  writeBundle({ dir }, bundle) {
    for (const name of Object.keys(bundle).filter((one) => one.startsWith('assets/'))) {
      const file = join(dir!, name);
      writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
      rmSync(file);
    }
  },
};

/**
 * The files of tests that draw something, each of which gets a page of its own, or the others, which need none and take a
 * fifth of the time without. A test that needs a page for something else says so: it names `document` or `window`.
 */
const tests = (drawn: boolean) =>
  readdirSync(at('./src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => NEEDS_A_PAGE.test(readFileSync(at(`./src/${file}`), 'utf8')) === drawn)
    .map((file) => `src/${file}`);
const NEEDS_A_PAGE =
  /@testing-library|\/[A-Z]\w*\.svelte'|\b(document|window|localStorage|matchMedia|DOMParser)\b|test\/axe/;

export default defineConfig(({ command }) => ({
  plugins: [svelte(), packages, pack],
  resolve: {
    alias: {
      $lib: at('./src/lib'),
      $wailsjs: at('./wailsjs'),
      // Built: Go serves them, one language at a time. Elsewhere: every language, from the files.
      $texts: at(`./src/lib/i18n/tables/${command === 'build' ? 'served' : 'files'}.ts`),
    },
    // Svelte's client build, not its server build, under vitest
    conditions: process.env.VITEST ? ['browser'] : undefined,
  },
  build: {
    target: 'safari15',
    modulePreload: { polyfill: false },
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
  },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'drawn', environment: 'jsdom', include: tests(true), setupFiles: ['./src/test/setup.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'plain',
          environment: 'node',
          isolate: false,
          include: tests(false),
          setupFiles: ['./src/test/plain.ts'],
        },
      },
    ],
    testTimeout: 60_000, // whole pages are worked with, on machines that have more to do
    // what was compiled once is kept until it changes
    experimental: { fsModuleCache: true, fsModuleCachePath: at('../.cache/vitest') },
  },
}));
