/** What a page loads: the value, the fault, whether it is on its way. The page owns it; a late answer never wins. */
import { signedInAgain } from '../backend/call';
import { type Fault, toFault } from '../backend/fault';

export class Load<T> {
  #value = $state.raw<T>();
  #fault = $state.raw<Fault>();
  #busy = $state(false);
  #round = 0;
  readonly #ask: () => Promise<T>;

  constructor(ask: () => Promise<T>) {
    this.#ask = ask;
  }

  get value(): T | undefined {
    return this.#value;
  }

  get fault(): Fault | undefined {
    return this.#fault;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /**
   * Asks anew and keeps what is shown until the answer is there. The end of the session is no answer: the page stays
   * as it is, with what is typed there, and asks once more when somebody has signed in.
   */
  async again(): Promise<void> {
    const round = ++this.#round;
    this.#busy = true;
    try {
      const value = await this.#ask();
      if (round !== this.#round) return;
      this.#value = value;
      this.#fault = undefined;
    } catch (thrown) {
      if (round !== this.#round) return;
      const fault = toFault(thrown);
      if (fault.code === 'unauthenticated') {
        await signedInAgain();
        if (round === this.#round) return await this.again();
      } else {
        this.#fault = fault;
      }
    } finally {
      if (round === this.#round) this.#busy = false;
    }
  }

  /** Puts a value in place that a change has answered with. */
  set(value: T): void {
    this.#round++;
    this.#busy = false;
    this.#value = value;
    this.#fault = undefined;
  }
}

/** Starts to load at once: `const page = load(() => listClients())`. */
export function load<T>(ask: () => Promise<T>): Load<T> {
  const state = new Load(ask);
  void state.again();
  return state;
}
