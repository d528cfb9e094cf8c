/**
 * A quote while it is written: the form, what it comes to, what is wrong with it. Every change is computed after a short
 * pause; while the form cannot be computed the last answer stays, marked as old.
 */
import type { Fault } from '$lib/backend';
import { Latest } from '$lib/ui/latest.svelte';
import type { Answer, Client, ClientRecord, DeskOf, Form, LineForm, OwnProduct, Quote, ScenarioForm } from './api';

const PAUSE = 120;
const VALID_DAYS = 30;

export class Editing {
  form = $state<Form>(empty());
  /** Of the client that was chosen. */
  record = $state.raw<ClientRecord>();
  #begun = '';
  readonly #preview: Latest<[Form], Answer>;

  constructor(preview: (form: Form) => Promise<Answer>) {
    this.#preview = new Latest(preview, { pause: PAUSE });
  }

  get answer(): Answer | undefined {
    return this.#preview.answer;
  }
  get fault(): Fault | undefined {
    return this.#preview.fault;
  }
  /** What is shown answers an earlier form. */
  get stale(): boolean {
    return this.#preview.stale;
  }
  /** It is not any more as it was begun. */
  get changed(): boolean {
    return this.#begun !== '' && JSON.stringify(this.form) !== this.#begun;
  }

  /** Begins with a draft, or with what the address says (the simulator's question, a client). */
  begin(
    desk: DeskOf,
    clients: Client[],
    quote: Quote | undefined,
    query: URLSearchParams,
    language: string,
    record?: ClientRecord,
  ): void {
    if (quote) {
      this.form = structuredClone(quote.form);
      if (!desk.books.some((one) => one.id === this.form.book))
        this.form.book = desk.current[quote.answer.currency] ?? desk.current[''] ?? '';
    } else {
      this.form = asked(desk, clients, query, language);
      if (record) this.#fill(record, desk, undefined);
    }
    this.#begun = JSON.stringify(this.form);
    this.compute(0);
  }

  /** A change that Go has to compute. */
  compute(pause = PAUSE): void {
    const form = $state.snapshot(this.form);
    if (pause > 0) this.#preview.ask(form);
    else this.#preview.askNow(form);
  }

  /** What the record of the client that was chosen says, where it says anything; all of it can be chosen otherwise. */
  take(record: ClientRecord, desk: DeskOf, client: Client | undefined): void {
    if (record.id !== this.form.client) return; // another one was chosen meanwhile
    this.#fill(record, desk, client);
    this.compute(0);
  }

  #fill(record: ClientRecord, desk: DeskOf, client: Client | undefined): void {
    this.record = record;
    if (record.language) this.form.language = record.language;
    const list = record.currency ? desk.current[record.currency] : undefined;
    if (list) this.form.book = list;
    if (record.vat) this.form.vat = record.vat;
    const [only, second] = this.form.scenarios;
    if (only && !second && client?.access) {
      only.access = client.access;
      only.means = client.means;
      if (client.access === 'limited') only.orders = 'client';
    }
  }

  /** What keeping the form was refused for; it stays until the next change. */
  refuse(thrown: unknown): void {
    this.#preview.refuse(thrown);
  }

  addLine(line: LineForm): void {
    this.form.lines.push(line);
    for (const one of this.form.scenarios) {
      one.quantities.push(line.kind === 'text' ? '' : '1');
      one.prices.push('');
    }
    this.compute(0);
  }

  /** The line again, below it, with what every scenario says of it. */
  copyLine(index: number): void {
    const line = this.form.lines[index];
    if (!line) return;
    this.form.lines.splice(index + 1, 0, { ...$state.snapshot(line) });
    for (const one of this.form.scenarios) {
      one.quantities.splice(index + 1, 0, one.quantities[index] ?? '1');
      one.prices.splice(index + 1, 0, one.prices[index] ?? '');
    }
    this.compute(0);
  }

  /** Puts a line in another place; tells whether there is one. */
  moveLine(index: number, to: number): boolean {
    if (to < 0 || to >= this.form.lines.length) return false;
    const move = <T>(list: T[]) => list.splice(to, 0, ...list.splice(index, 1));
    move(this.form.lines);
    for (const one of this.form.scenarios) {
      move(one.quantities);
      move(one.prices);
    }
    this.compute(0);
    return true;
  }

  removeLine(index: number): void {
    this.form.lines.splice(index, 1);
    for (const one of this.form.scenarios) {
      one.quantities.splice(index, 1);
      one.prices.splice(index, 1);
    }
    this.compute(0);
  }

  /** A copy of the last scenario, which goes the other way about payment. */
  addScenario(): void {
    const last = this.form.scenarios.at(-1);
    if (!last) return;
    const copy = $state.snapshot(last) as ScenarioForm;
    const turned = last.means === 'partner' ? 'client' : 'partner';
    this.form.scenarios.push({
      ...copy,
      name: '',
      means: copy.access === 'full' ? turned : copy.means,
      margin: '',
      prices: copy.prices.map(() => ''),
    });
    this.compute(0);
  }

  removeScenario(index: number): void {
    this.form.scenarios.splice(index, 1);
    this.compute(0);
  }

  close(): void {
    this.#preview.stop();
  }
}

/** What a line of a price list begins as. */
export function lineOf(article: { product: string; name: string; per: string }): LineForm {
  return {
    ...blank,
    kind: 'listed',
    product: article.product,
    name: article.name,
    months: article.per === 'year' ? 12 : 1,
    operation: 'order',
    managed: true,
  };
}

/** A product or service of one's own: an empty one, or one of the catalogue. */
export function ownLine(from?: Omit<OwnProduct, 'id' | 'version' | 'currency'> & { id: string }): LineForm {
  const line: LineForm = { ...blank, kind: 'own', unit: 'hour', category: 'work' };
  if (!from) return line;
  const { id, name, description, category, months, unit, price, cost, floor } = from;
  return { ...line, product: id, name, description, category, months, unit, price, cost, floor, class: from.class };
}

/** Words without a price. */
export const textLine = (): LineForm => ({ ...blank });

const blank: LineForm = {
  kind: 'text',
  product: '',
  name: '',
  description: '',
  months: 0,
  operation: 'order',
  managed: false,
  rate: '',
  discount: '',
  discountShown: true,
  category: '',
  class: '',
  unit: '',
  price: '',
  cost: '',
  floor: '',
};

function asked(desk: DeskOf, clients: Client[], query: URLSearchParams, language: string): Form {
  const get = (name: string, otherwise: string) => query.get(name) || otherwise;
  const client = clients.find((one) => one.id === query.get('client'));
  const book =
    desk.books.find((one) => one.id === query.get('book')) ?? desk.books.find((one) => one.id === desk.current['']);
  const article =
    book?.lines.find((one) => one.product === query.get('product') && one.name === (query.get('name') ?? '')) ??
    book?.lines[0];
  const line = lineOf(article ?? { product: '', name: '', per: 'month' });
  const fresh = !query.has('quantity');
  return {
    client: client?.id ?? '',
    name: '',
    language,
    book: book?.id ?? '',
    validUntil: later(desk.today, VALID_DAYS),
    vat: get('vat', book?.currency === 'CHF' ? 'swiss' : 'excluded'),
    exclusions: [],
    note: '',
    discount: '',
    discountShown: true,
    confirmed: [],
    lines: [
      {
        ...line,
        months: fresh ? line.months : Number(get('months', '1')),
        operation: get('operation', 'order'),
        managed: fresh || query.get('managed') === '1',
      },
    ],
    scenarios: [
      {
        name: '',
        access: get('access', client?.access || 'full'),
        means: get('means', client?.means || 'partner'),
        orders: get('orders', client?.access === 'limited' ? 'client' : 'partner'),
        rate: get('rate', desk.terms.rate),
        pooled: '',
        resale: 'list',
        margin: '',
        quantities: [get('quantity', '1')],
        prices: [''],
      },
    ],
  };
}

function later(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

function empty(): Form {
  return {
    client: '',
    name: '',
    language: 'en',
    book: '',
    validUntil: '',
    vat: 'excluded',
    exclusions: [],
    note: '',
    discount: '',
    discountShown: true,
    confirmed: [],
    lines: [],
    scenarios: [],
  };
}
