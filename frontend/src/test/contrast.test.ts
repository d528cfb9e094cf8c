import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('every colour pair of the tokens reaches its contrast in every theme', () => {
  const script = join(import.meta.dirname, '../lib/design/check-contrast.mjs');
  expect(execFileSync(process.execPath, [script], { encoding: 'utf8' })).toContain('all pairs pass');
});
