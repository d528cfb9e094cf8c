/** What was noted here and is still to do in the Manager: said, with the way there, and shown in the rows. */
import { openLink } from '$lib/backend';
import { m } from '$lib/i18n';
import { tasks } from '$lib/manager.svelte';
import { toasts } from '$lib/toasts.svelte';

export async function noted(text: string, page: string): Promise<void> {
  toasts.noted(text, () => void toasts.told(() => openLink(page)), m.todo_open());
  await toasts.told(() => tasks.ask());
}

/** The same, of something that can be taken back at once; then the way there is in the row. */
export async function notedUndo(text: string, undo: () => Promise<unknown>): Promise<void> {
  toasts.undo(text, () => void toasts.told(undo).then(() => tasks.ask()), m.ui_undo(), 'todo');
  await toasts.told(() => tasks.ask());
}
