import { render, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import Authority from './Authority.svelte';

it('says by keyboard who decides and what that means', () => {
  render(Authority, { kind: 'local' });
  const badge = screen.getByRole('button', { name: 'On this computer' });
  badge.focus();
  expect(badge).toHaveFocus();
  expect(badge).toHaveAccessibleDescription(/Nothing here changes anything at Infomaniak/);
});
