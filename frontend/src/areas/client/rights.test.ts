import { render } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { LOCALES, language } from '$lib/i18n';
import RightsFields from './RightsFields.svelte';
import { OURS, rights, THEIRS } from './words';

vi.mock('$wailsjs/go/client/Window', () => ({ Families: () => Promise.resolve([]) }));

const full = (wallet: boolean) => ({ access: 'full', wallet, products: [] });

test('who grants rights reads what they mean to a client, and who asks what they mean to a partner', () => {
  for (const wallet of [true, false]) {
    const granting = render(RightsFields, { rights: full(wallet), fault: undefined, ours: true });
    expect(granting.container).toHaveTextContent(wallet ? 'You pay the public price' : 'The partner pays');
    expect(granting.container).toHaveTextContent('With your payment method');
    granting.unmount();
    const asking = render(RightsFields, { rights: full(wallet), fault: undefined });
    expect(asking.container).toHaveTextContent(wallet ? 'you receive cashback' : 'You pay the discounted price');
    asking.unmount();
  }
  expect(rights(full(true), OURS)).toBe('full access with your payment method');
  expect(rights(full(false))).toBe('full access, you pay');
});

test.each(LOCALES)('%s says each of them twice, once to each side', (locale) => {
  language.current = locale;
  for (const key of Object.keys(THEIRS) as (keyof typeof THEIRS)[]) expect(OURS[key](), key).not.toBe(THEIRS[key]());
});
