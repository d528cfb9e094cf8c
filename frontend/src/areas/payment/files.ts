/** Files that leave: named after what they hold and the date. */
import { today } from '$lib/format';
import { me } from '$lib/me.svelte';
import { m } from '$lib/i18n';
import { toasts } from '$lib/toasts.svelte';
import * as api from './api';

/** "Studio Ponteri SA" and "ledger" as "studio-ponteri-sa-ledger". */
export function fileName(parts: string[], ending: string): string {
  const plain = parts
    .join('-')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return `${plain || 'kontor'}.${ending}`;
}

async function saved(ask: () => Promise<string>): Promise<void> {
  await toasts.told(async () => {
    const name = await ask();
    if (name) toasts.done(m.payment_saved({ name }));
  });
}

const organization = () => me.organization?.name ?? '';

export const saveCalendar = () =>
  saved(() =>
    api.saveCalendar({
      title: m.payment_calendar(),
      name: fileName([organization(), m.payment_renewals(), today()], 'ics'),
    }),
  );

export const saveTemplate = () =>
  saved(() => api.saveTemplate({ title: m.payment_template(), name: fileName([m.payment_renewals()], 'csv') }));
