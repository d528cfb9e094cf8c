/** Files that Go writes for the person: under what name they are proposed, and in whose words. */
import { locale } from '$lib/format';
import { m } from '$lib/i18n';
import { toasts } from '$lib/toasts.svelte';

export interface Target {
  title: string;
  name: string;
  locale: string;
}

/** Has a CSV file written that is named after its title, and tells how that went; nothing where no place was chosen. */
export function saveCSV(title: string, save: (to: Target) => Promise<string>): Promise<boolean> {
  return toasts.told(async () => {
    const name = await save({ title, name: `${title}.csv`, locale: locale() });
    if (name) toasts.done(m.ui_import_saved({ name }));
  });
}
