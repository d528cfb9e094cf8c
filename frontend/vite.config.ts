import { fileURLToPath } from 'node:url';
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

export default defineConfig(({ command }) => ({
  plugins: [svelte(), packages],
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
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['./src/test/setup.ts'],
    testTimeout: 60_000, // whole pages are worked with, on machines that have more to do
    // what was compiled once is kept until it changes
    experimental: { fsModuleCache: true, fsModuleCachePath: at('../.cache/vitest') },
  },
}));
