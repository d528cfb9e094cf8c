/** One try at something that may be refused: is it under way, and what was refused. */
import { tick } from 'svelte';
import { type Fault, toFault } from '$lib/backend';
import { toasts } from '$lib/toasts.svelte';

export class Attempt {
  #busy = $state(false);
  #fault = $state.raw<Fault>();

  get busy(): boolean {
    return this.#busy;
  }

  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** The refusal of one input in words, "" if it is fine. */
  of(field: string): string {
    return this.#fault?.field(field) ?? '';
  }

  clear(): void {
    this.#fault = undefined;
  }

  /** As `run`, of what has no place on the page where a refusal could stand: it is told in a toast. */
  async tell(work: () => Promise<unknown>): Promise<boolean> {
    const done = await this.run(work);
    if (this.#fault) toasts.failed(this.#fault);
    this.#fault = undefined;
    return done;
  }

  /**
   * Tells whether it went through; what answers false was given up by the person. A second press while the first is
   * under way does nothing. The first input that was refused gets the focus.
   */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.#busy) return false;
    // not every web view gives a button that is clicked the focus
    const form =
      document.activeElement?.closest('form, [role="dialog"], main') ??
      document.querySelector('[role="dialog"]') ??
      document.querySelector('main');
    this.#busy = true;
    this.#fault = undefined;
    try {
      return (await work()) !== false;
    } catch (thrown) {
      this.#fault = toFault(thrown);
      void focusRefused(form);
      return false;
    } finally {
      this.#busy = false;
    }
  }
}

/** A button that is busy cannot have the focus, so the input is looked for when the page has settled. */
async function focusRefused(form: Element | null | undefined): Promise<void> {
  await tick();
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
