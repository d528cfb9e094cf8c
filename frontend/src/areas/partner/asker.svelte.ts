/**
 * The question on the page and its answer. Every change asks anew after a short pause; the last question wins, and what
 * was answered before stays in sight, marked as old, while the new question cannot be answered.
 */
import { type Fault, toFault } from '$lib/backend';
import type { Answer, Book, DeskOf, Line, Question, WhatIf } from './api';

const PAUSE = 90;

export interface Backend {
  simulate: (question: Question) => Promise<Answer>;
  whatIf: (question: Question, by: string, upTo: number) => Promise<WhatIf>;
}

export class Asker {
  question = $state<Question>(empty());
  by = $state('rate');
  upTo = $state(0);

  #desk = $state.raw<DeskOf>();
  #answer = $state.raw<Answer>();
  #table = $state.raw<WhatIf>();
  #fault = $state.raw<Fault>();
  #busy = $state(false);
  #round = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get answer(): Answer | undefined {
    return this.#answer;
  }
  get table(): WhatIf | undefined {
    return this.#table;
  }
  get fault(): Fault | undefined {
    return this.#fault;
  }
  get busy(): boolean {
    return this.#busy;
  }
  /** What is shown answers an earlier question. */
  get stale(): boolean {
    return this.#fault !== undefined && this.#answer !== undefined;
  }
  get books(): Book[] {
    return this.#desk?.books ?? [];
  }
  get book(): Book | undefined {
    return this.books.find((one) => one.id === this.question.book);
  }
  get line(): Line | undefined {
    return this.book?.lines.find((one) => one.id === this.question.line);
  }
  get currency(): string {
    return this.book?.currency ?? '';
  }

  /** Takes over what there is to choose from, the first time with the person's last question. */
  open(desk: DeskOf): void {
    const first = this.#desk === undefined;
    this.#desk = desk;
    if (first)
      this.question = desk.asked ? { ...desk.last } : { ...empty(), rate: desk.terms.rate, base: desk.terms.base };
    if (!this.book) this.question.book = (this.#sameCurrency(desk) ?? desk.books[0])?.id ?? '';
    if (!this.line) this.question.line = this.#likeBefore() ?? this.book?.lines[0]?.id ?? '';
    this.#fit();
    this.ask(0);
  }

  #before: { product: string; name: string; currency: string } = { product: 'web_hosting', name: '', currency: '' };

  #sameCurrency(desk: DeskOf): Book | undefined {
    return desk.books.find((one) => one.currency === this.#before.currency);
  }

  /** The same product in another list. */
  #likeBefore(): string | undefined {
    return this.book?.lines.find((one) => one.product === this.#before.product && one.name === this.#before.name)?.id;
  }

  /** Keeps the billing period possible for the product, and remembers what was chosen. */
  #fit(): void {
    const line = this.line;
    if (line) this.#before = { product: line.product, name: line.name, currency: this.currency };
    if (line?.per === 'year' && this.question.months % 12 !== 0) this.question.months = 12;
  }

  /** Changes the question and asks it. */
  set(change: Partial<Question>, pause = PAUSE): void {
    Object.assign(this.question, change);
    if (change.book !== undefined && !this.line) {
      this.question.line = this.#likeBefore() ?? this.book?.lines[0]?.id ?? '';
    }
    this.#fit();
    this.ask(pause);
  }

  /** Another currency is another list: the newest one that there is. */
  setCurrency(currency: string): void {
    const book = this.books.find((one) => one.currency === currency);
    if (book && this.currency !== currency) this.set({ book: book.id });
  }

  ask(pause = PAUSE): void {
    clearTimeout(this.#timer);
    this.#busy = true;
    const round = ++this.#round;
    this.#timer = setTimeout(() => void this.#run(round), pause);
  }

  async #run(round: number): Promise<void> {
    try {
      const question = $state.snapshot(this.question);
      const [answer, table] = await Promise.all([
        this.#backend.simulate(question),
        this.#backend.whatIf(question, this.by, this.upTo),
      ]);
      if (round !== this.#round) return;
      this.#answer = answer;
      this.#table = table;
      this.#fault = undefined;
    } catch (thrown) {
      if (round === this.#round) this.#fault = toFault(thrown);
    } finally {
      if (round === this.#round) this.#busy = false;
    }
  }

  /** No answer arrives after the page is gone. */
  close(): void {
    clearTimeout(this.#timer);
    this.#round++;
  }
}

function empty(): Question {
  return {
    book: '',
    line: '',
    quantity: '35',
    rate: '20',
    step: '',
    mode: '',
    months: 1,
    access: 'full',
    means: 'partner',
    orders: 'partner',
    managed: true,
    operation: 'order',
    base: '',
    vat: 'excluded',
  };
}
