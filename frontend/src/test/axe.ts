import axe from 'axe-core';
import { expect } from 'vitest';

/** Fails with what axe-core found in the node. Colours and sizes need a real page: the end-to-end tests look at those. */
export async function expectAccessible(node: Element): Promise<void> {
  const { violations } = await axe.run(node, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((n) => n.html).join('\n  ')}`)).toEqual([]);
}
