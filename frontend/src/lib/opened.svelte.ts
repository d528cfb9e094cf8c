/** A file of Kontor's own that was opened from outside, e.g. by a double click, on its way to the dialog that it is for. */
import { tick } from 'svelte';
import { type OpenedFile, openedFile } from './backend/session';
import { me } from './me.svelte';
import { href, router } from './router.svelte';
import { toasts } from './toasts.svelte';
import { unsaved } from './ui/unsaved.svelte';

/** The pages whose dialogs take a file. A backup needs none: it may come before anybody is signed in. */
const pages: Record<string, string> = {
  'kontor-organization': href('organization', ['bring']),
  kontor: href('client'),
};

class Opened {
  #file: OpenedFile | undefined;
  #turn = $state(0);
  #asking: Promise<unknown> = Promise.resolve();

  /** Another number with each file: what is shown then begins anew, so that nothing stays open above or below. */
  get turn(): number {
    return this.#turn;
  }

  /** Asks whether there is one that may be shown now, and shows it; what is typed and not saved is asked about before. */
  ask(): Promise<unknown> {
    this.#asking = this.#asking.then(() => toasts.told(() => this.#show()));
    return this.#asking;
  }

  /** The file, for the dialog of this kind; once. */
  take(kind: string): OpenedFile | undefined {
    if (this.#file?.kind !== kind) return undefined;
    const file = this.#file;
    this.#file = undefined;
    return file;
  }

  async #show(): Promise<void> {
    const file = await openedFile();
    const who = me.current?.accountId;
    if (!file.kind || !(await unsaved.leave()) || me.current?.accountId !== who) return;
    this.#file = file;
    this.#turn++;
    await tick(); // the page that held something is gone: it is not asked about twice
    const page = pages[file.kind];
    if (page) router.go(page);
  }
}

export const opened = new Opened();
