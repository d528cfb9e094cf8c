/**
 * The question on the page and its answer. Every change asks anew after a short pause; the last question wins, and what
 * was answered before stays in sight, marked as old, while the new question cannot be answered.
 */
import type { Fault } from '$lib/backend';
import { Latest } from '$lib/ui/latest.svelte';
import { unsaved } from '$lib/ui/unsaved.svelte';
import type { Answer, Around, Book, DeskOf, Line, Question, Schedule, Simulation, WhatIf } from './api';

const PAUSE = 90;
/** A question that stands for so long is written down: nobody types as slowly. One that is left before is written at once. */
const SETTLED = 500;

export interface Backend {
  simulate: (question: Question, around: Around) => Promise<Simulation>;
  remember: (question: Question) => Promise<void>;
}

export class Asker {
  question = $state<Question>(empty());
  by = $state('rate');
  upTo = $state(0);

  #desk = $state.raw<DeskOf>();
  #settling: { question: Question; done: () => void } | undefined;
  readonly #backend: Backend;
  readonly #asked: Latest<[Question, Around], Simulation>;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#asked = new Latest((question, around) => backend.simulate(question, around), {
      pause: PAUSE,
      onanswer: (_, question) => this.#settle(question),
    });
  }

  get answer(): Answer | undefined {
    return this.#asked.answer?.answer;
  }
  get table(): WhatIf | undefined {
    return this.#asked.answer?.table;
  }
  get fault(): Fault | undefined {
    return this.#asked.fault;
  }
  get busy(): boolean {
    return this.#asked.busy;
  }
  /** What is shown answers an earlier question. */
  get stale(): boolean {
    return this.#asked.stale;
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
  /** The degressive steps of the product: its own, else the general ones. */
  get schedule(): Schedule | undefined {
    return this.#desk?.schedules[this.line?.steps ?? ''] ?? this.#desk?.schedule;
  }

  /** Takes over what there is to choose from, the first time with the person's last question. */
  open(desk: DeskOf): void {
    const first = this.#desk === undefined;
    this.#desk = desk;
    if (first) this.question = desk.asked ? { ...desk.last } : { ...empty(), rate: '', base: desk.terms.base };
    if (!this.book) this.question.book = desk.current[this.#before.currency] ?? desk.current[''] ?? '';
    if (!this.line) this.question.line = this.#likeBefore() ?? this.book?.lines[0]?.id ?? '';
    this.#fit();
    this.ask(0);
  }

  #before: { product: string; name: string; currency: string; rate: string } = {
    product: 'web_hosting',
    name: '',
    currency: '',
    rate: '',
  };

  /** The same product in another list. */
  #likeBefore(): string | undefined {
    return this.book?.lines.find((one) => one.product === this.#before.product && one.name === this.#before.name)?.id;
  }

  /**
   * Keeps the billing period possible for the product, and remembers what was chosen. A rate that nobody typed is that of
   * the product's category, and follows it.
   */
  #fit(): void {
    const line = this.line;
    if (line && this.question.rate === this.#before.rate) this.question.rate = line.rate;
    if (line) this.#before = { product: line.product, name: line.name, currency: this.currency, rate: line.rate };
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

  /** Another currency is another list: the one that Go begins with. */
  setCurrency(currency: string): void {
    const book = this.#desk?.current[currency];
    if (book && this.currency !== currency) this.set({ book });
  }

  ask(pause = PAUSE): void {
    const question = $state.snapshot(this.question);
    const around = { by: this.by, upTo: this.upTo };
    if (pause > 0) this.#asked.ask(question, around);
    else this.#asked.askNow(question, around);
  }

  /** A question that was answered is remembered when it has stood for a while, or is left; not with every key. */
  #settle(question: Question): void {
    this.#settling?.done();
    const timer = setTimeout(() => void this.#remember(), SETTLED);
    const closing = unsaved.finish(() => this.#remember());
    const hidden = () => document.hidden && void this.#remember();
    document.addEventListener('visibilitychange', hidden);
    const done = () => {
      clearTimeout(timer);
      closing();
      document.removeEventListener('visibilitychange', hidden);
    };
    this.#settling = { question, done };
  }

  async #remember(): Promise<void> {
    const settling = this.#settling;
    if (!settling) return;
    settling.done();
    this.#settling = undefined;
    // What could not be remembered is asked anew: nobody has to hear of it.
    await this.#backend.remember(settling.question).catch(() => undefined);
  }

  /** No answer arrives after the page is gone. */
  close(): void {
    this.#asked.stop();
    void this.#remember();
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
