/** What the page shows: one search, its pages, counts and days. State only; the words are the components'. */
import { type Fault, signedInAgain, toFault } from '$lib/backend';
import * as api from './api';

const FIRST = 100;

export class Journal {
  scope = $state<api.Scope>('own');
  query = $state.raw<api.Query>({ text: '', terms: [] });
  rows = $state.raw<api.Entry[]>([]);
  found = $state.raw<api.Found>();
  days = $state.raw<api.Day[]>([]);
  span = $state(60);
  fault = $state.raw<Fault>();
  busy = $state(false);
  /** Something has been shown for this scope. */
  ready = $state(false);

  #bound = 0;
  #next = '';
  #round = 0;
  #fetching = false;
  #asked = false;

  get search(): api.Search {
    return { scope: this.scope, query: this.query.text, bound: this.#bound };
  }

  /** Looks for something else, or again. What is shown stays until the answer is there. */
  async look(scope: api.Scope, text: string): Promise<void> {
    const round = ++this.#round;
    this.busy = true;
    try {
      if (!this.#asked) await api.learnZone();
      this.#asked = true;
      const query = await api.parse(text);
      if (round !== this.#round) return;
      if (scope !== this.scope) {
        this.ready = false;
        this.rows = [];
        this.days = [];
      }
      this.scope = scope;
      this.query = query;
      this.#bound = 0;
      const bad = query.terms.findIndex((term) => term.problem);
      if (bad >= 0) {
        // its chip says why; what was found before would be an answer to something else
        this.rows = [];
        this.#next = '';
        this.found = undefined;
        this.fault = undefined;
        this.ready = true;
        return;
      }
      const page = await api.page(this.search, '', FIRST);
      if (round !== this.#round) return;
      this.rows = page.entries;
      this.#bound = page.bound;
      this.#next = page.next;
      this.fault = undefined;
      this.ready = true;
      this.found = undefined;
      const [found, days] = await Promise.all([api.count(this.search), api.days(this.search, '', this.span)]);
      if (round !== this.#round) return;
      this.found = found;
      this.days = days;
    } catch (thrown) {
      if (round !== this.#round) return;
      const fault = toFault(thrown);
      if (fault.code === 'unauthenticated') {
        await signedInAgain();
        if (round === this.#round) return await this.look(scope, text);
      } else {
        this.fault = fault;
        this.#mark(fault);
      }
    } finally {
      if (round === this.#round) this.busy = false;
    }
  }

  /** A refusal that names a term makes its chip a bad one: nobody of that name. */
  #mark(fault: Fault): void {
    const refused = new Map(fault.fields.map((one) => [one.name, one.code]));
    if (![...refused.keys()].some((name) => name.startsWith('terms.'))) return;
    const terms = this.query.terms.map((term, i) => ({ ...term, problem: refused.get(`terms.${i}`) ?? term.problem }));
    this.query = { ...this.query, terms };
    this.rows = [];
    this.#next = '';
    this.found = undefined;
    this.fault = undefined;
    this.ready = true;
  }

  /** Fetches the following page. */
  async more(): Promise<void> {
    if (!this.#next || this.#fetching) return;
    const round = this.#round;
    this.#fetching = true;
    try {
      const page = await api.page(this.search, this.#next, FIRST);
      if (round !== this.#round) return;
      this.rows = [...this.rows, ...page.entries];
      this.#next = page.next;
    } catch (thrown) {
      if (round === this.#round) this.fault = toFault(thrown);
    } finally {
      this.#fetching = false;
    }
  }

  async spread(days: number): Promise<void> {
    this.span = days;
    const round = this.#round;
    try {
      const list = await api.days(this.search, '', days);
      if (round === this.#round) this.days = list;
    } catch (thrown) {
      if (round === this.#round) this.fault = toFault(thrown);
    }
  }
}

/** A query with other dates: the strip sets them. Empty texts leave the end open. */
export function withRange(terms: readonly api.Term[], since: string, until: string): string {
  const rest = terms
    .filter((term) => !['since', 'until', 'on'].includes(term.key) || term.not)
    .map((term) => term.text);
  return [...rest, since && `since:${since}`, until && `until:${until}`].filter(Boolean).join(' ');
}
