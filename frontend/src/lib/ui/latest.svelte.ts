/**
 * What a page asks again and again while somebody types: after a pause, and only the answer to the last question counts,
 * however late an earlier one comes. What was answered before stays, and a refusal stands beside it.
 *
 *   const answer = new Latest((form: Form) => preview(form), { pause: 120 });
 *   answer.ask(form);      // after the pause
 *   answer.askNow(form);   // at once
 */
import { type Fault, toFault } from '$lib/backend';

interface Options<Q extends unknown[], A> {
  /** Milliseconds without another question before one is sent. */
  pause?: number;
  /** Is told each answer that counts, with its question. */
  onanswer?: (answer: A, ...question: Q) => void;
}

export class Latest<Q extends unknown[], A> {
  #answer = $state.raw<A>();
  #fault = $state.raw<Fault>();
  #busy = $state(false);
  #round = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #send: (...question: Q) => Promise<A>;
  readonly #options: Options<Q, A>;

  constructor(send: (...question: Q) => Promise<A>, options: Options<Q, A> = {}) {
    this.#send = send;
    this.#options = options;
  }

  /** The last answer that there was. */
  get answer(): A | undefined {
    return this.#answer;
  }

  /** Why the last question has no answer. */
  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** A question is waiting or on its way. */
  get busy(): boolean {
    return this.#busy;
  }

  /** The answer that is shown is that of an earlier question. */
  get stale(): boolean {
    return this.#fault !== undefined && this.#answer !== undefined;
  }

  /** Asks after the pause; an earlier question is forgotten. */
  ask(...question: Q): void {
    this.#later(this.#options.pause ?? 0, question);
  }

  /** Asks at once. */
  askNow(...question: Q): void {
    this.#later(0, question);
  }

  /** Puts a refusal in place that came another way; it stays until the next question. */
  refuse(thrown: unknown): void {
    this.stop();
    this.#fault = toFault(thrown);
  }

  /** Forgets what was answered. */
  clear(): void {
    this.stop();
    this.#answer = undefined;
    this.#fault = undefined;
  }

  /** No answer arrives any more, e.g. because the page is gone. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#round++;
    this.#busy = false;
  }

  #later(pause: number, question: Q): void {
    clearTimeout(this.#timer);
    this.#busy = true;
    const round = ++this.#round;
    this.#timer = setTimeout(() => void this.#run(round, question), pause);
  }

  async #run(round: number, question: Q): Promise<void> {
    try {
      const answer = await this.#send(...question);
      if (round !== this.#round) return;
      this.#answer = answer;
      this.#fault = undefined;
      this.#options.onanswer?.(answer, ...question);
    } catch (thrown) {
      if (round === this.#round) this.#fault = toFault(thrown);
    } finally {
      if (round === this.#round) this.#busy = false;
    }
  }
}
