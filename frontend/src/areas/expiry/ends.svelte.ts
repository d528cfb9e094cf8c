/** What the overview shows: one question, its rows as far as they were in sight, and what belongs to all of them. */
import { toasts } from '$lib/toasts.svelte';
import { Load } from '$lib/ui/load.svelte';
import { wanted } from '$lib/ui/row.svelte';
import * as api from './api';

/** How many rows are asked for at once. */
const PAGE = 200;

/** A question without its page. */
export type Filter = Omit<api.Query, 'offset' | 'limit' | 'of'>;

export const everything: Filter = { text: '', place: '', kind: '', from: '', until: '', sort: 'ends', down: false };

export class Ends {
  filter = $state.raw<Filter>(everything);
  /** The answer to the last question; its rows are the first ones. */
  readonly list = new Load<api.List>(() => this.#first());

  #pages = $state.raw(new Map<number, api.Entry[]>());
  #round = 0;
  #asking = new Set<number>();

  /** The row at a place, if it has been read. */
  at = (index: number): api.Entry | undefined => this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];

  /** The question as files ask it. */
  get query(): api.Query {
    return { ...this.filter, offset: 0, limit: 0, of: '' };
  }

  /** Asks something else, or again. What is shown stays until the answer is there. */
  look(filter: Filter = this.filter): Promise<void> {
    this.filter = filter;
    return this.list.again();
  }

  async #first(): Promise<api.List> {
    const round = ++this.#round;
    const list = await api.list({ ...this.filter, offset: 0, limit: PAGE, of: wanted() });
    if (round === this.#round) {
      this.#asking.clear();
      this.#pages = new Map([[0, list.rows]]);
    }
    return list;
  }

  /** Reads the rows that come into sight. */
  need = (from: number, to: number): void => {
    for (let page = Math.floor(from / PAGE); page * PAGE < to; page++) void this.#read(page);
  };

  async #read(page: number): Promise<void> {
    if (this.#pages.has(page) || this.#asking.has(page)) return;
    this.#asking.add(page);
    const round = this.#round;
    await toasts.told(async () => {
      const { rows } = await api.list({ ...this.filter, offset: page * PAGE, limit: PAGE, of: '' });
      if (round === this.#round) this.#pages = new Map(this.#pages).set(page, rows);
    });
    this.#asking.delete(page);
  }
}
