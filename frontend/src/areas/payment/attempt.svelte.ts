/** One try at something that may be refused: is it under way, and what was refused. */
import { type Fault, toFault } from '$lib/backend';

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

  /** Tells whether it went through. A second press while the first is under way does nothing. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = true;
    this.#fault = undefined;
    try {
      await work();
      return true;
    } catch (thrown) {
      this.#fault = toFault(thrown);
      return false;
    } finally {
      this.#busy = false;
    }
  }
}
