/** What the page shows: one search, its entries as far as they were in sight, counts and days. Words are the components'. */
import { type Fault, signedInAgain, toFault } from '$lib/backend';
import { locale } from '$lib/format';
import * as api from './api';

/** How many entries are asked for at once. */
const PAGE = 100;
/** The tallest list that a web view draws, in entries; what is older is reached by a day. */
const TALLEST = 400_000;

export class Journal {
  scope = $state<api.Scope>('own');
  query = $state.raw<api.Query>({ text: '', terms: [] });
  found = $state.raw<api.Found>();
  days = $state.raw<api.Day[]>([]);
  span = $state(60);
  fault = $state.raw<Fault>();
  busy = $state(false);
  /** Something has been shown for this scope. */
  ready = $state(false);
  /** What was last looked for, as it was written. */
  looked = $state('');
  /** How long the list is, as far as it is known. */
  length = $state(0);

  #pages = $state.raw(new Map<number, api.Entry[]>());
  #bound = 0;
  #round = 0;
  #asking = new Set<number>();
  #asked = false;

  get search(): api.Search {
    return { scope: this.scope, query: this.query.text, locale: locale(), bound: this.#bound };
  }

  /** The entry at a place of the list, if it has been read. */
  at = (index: number): api.Entry | undefined => this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];

  /** Looks for something else, or again. What is shown stays until the answer is there. */
  async look(scope: api.Scope, text: string): Promise<void> {
    const round = ++this.#round;
    this.busy = true;
    try {
      if (!this.#asked) await api.learnZone();
      this.#asked = true;
      const page = await api.page({ scope, query: text, locale: locale(), bound: 0 }, '', 0, PAGE);
      if (round !== this.#round) return;
      if (scope !== this.scope) this.days = [];
      this.scope = scope;
      this.query = page.query;
      this.looked = text;
      this.fault = undefined;
      this.found = undefined;
      this.#bound = page.bound;
      this.#asking.clear();
      this.#pages = new Map([[0, page.entries]]);
      this.length = page.entries.length + (page.next ? 1 : 0);
      this.ready = true;
      // what was found before would be an answer to something else; the chip says why there is none
      if (page.query.terms.some((term) => term.problem)) return;
      const [found, days] = await Promise.all([api.count(this.search), api.days(this.search, '', this.span)]);
      if (round !== this.#round) return;
      this.found = found;
      this.days = days;
      this.length = Math.min(TALLEST, Math.max(this.length, found.matching.n));
    } catch (thrown) {
      if (round !== this.#round) return;
      const fault = toFault(thrown);
      if (fault.code === 'unauthenticated') {
        await signedInAgain();
        if (round === this.#round) return await this.look(scope, text);
      } else {
        this.fault = fault;
      }
    } finally {
      if (round === this.#round) this.busy = false;
    }
  }

  /** Reads the entries from a place up to another. */
  async need(from: number, to: number): Promise<void> {
    const round = this.#round;
    for (let n = Math.floor(from / PAGE); n * PAGE < to; n++) {
      if (this.#pages.has(n) || this.#asking.has(n)) continue;
      this.#asking.add(n);
      try {
        const page = await this.#read(n);
        if (round !== this.#round) return;
        this.#pages = new Map(this.#pages).set(n, page.entries);
        // beyond what was counted, the list grows as it is read
        this.length = Math.min(TALLEST, Math.max(this.length, n * PAGE + page.entries.length + (page.next ? 1 : 0)));
      } catch (thrown) {
        if (round === this.#round) this.fault = toFault(thrown);
        return;
      } finally {
        if (round === this.#round) this.#asking.delete(n);
      }
    }
  }

  /** A page follows the one before, or lies so many entries below the last mark above it. */
  #read(n: number): Promise<api.Page> {
    const before = this.#pages.get(n - 1)?.at(-1);
    if (before) return api.page(this.search, before.id, 0, PAGE);
    const mark = this.found?.marks.findLast((one) => one.n <= n * PAGE);
    return api.page(this.search, mark?.before ?? '', n * PAGE - (mark?.n ?? 0), PAGE);
  }

  /** Where in the list a day begins. */
  async placeOf(day: string): Promise<number> {
    return (await api.newer(this.search, day)).n;
  }

  /** Where in the list an entry is, if it is among the first ones; else -1. */
  placeAtHand(id: string): number {
    return this.#pages.get(0)?.findIndex((one) => one.id === id) ?? -1;
  }

  async placeBelow(id: string): Promise<number> {
    return (await api.above(this.search, id)).n;
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

const DATES = ['since', 'until', 'on'];
const texts = (terms: readonly api.Term[]) => terms.map((term) => term.text);

/** A query with other dates: the strip and the menu set them. Empty texts leave the end open. */
export function withRange(terms: readonly api.Term[], since: string, until: string): string {
  const rest = terms.filter((term) => !DATES.includes(term.key) || term.not);
  return [...texts(rest), since && `since:${since}`, until && `until:${until}`].filter(Boolean).join(' ');
}

/** The days that a query chooses, as it writes them. */
export function rangeOf(terms: readonly api.Term[]): { since: string; until: string } {
  const of = (...keys: string[]) =>
    terms.find((term) => !term.not && !term.problem && keys.includes(term.key))?.values[0] ?? '';
  return { since: of('since', 'on'), until: of('until', 'on') };
}

/** What a query chooses of a kind. */
export const chosen = (terms: readonly api.Term[], key: string): string[] =>
  terms.filter((term) => term.key === key && !term.not && !term.problem).flatMap((term) => term.values);

/** A query that chooses these of a kind, and whatever else it said. */
export function withChoice(terms: readonly api.Term[], key: string, ids: readonly string[]): string {
  const rest = terms.filter((term) => term.key !== key || term.not || term.problem);
  return [...texts(rest), ids.length > 0 && `${key}:${ids.join(',')}`].filter(Boolean).join(' ');
}
