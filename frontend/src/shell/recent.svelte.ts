/** What was last opened and done from the search box, for each person and organization apart, until the window closes. */
import type { Hit } from '$lib/backend/search';
import { me } from '$lib/me.svelte';

const MOST = 4;

interface Of {
  records: { kind: string; hit: Hit }[];
  acts: string[];
}

class Recent {
  #of = $state.raw<Record<string, Of>>({});

  get #key(): string {
    return `${me.current?.accountId} ${me.current?.organizationId}`;
  }

  get #mine(): Of {
    return this.#of[this.#key] ?? { records: [], acts: [] };
  }

  get records(): Of['records'] {
    return this.#mine.records;
  }

  get acts(): string[] {
    return this.#mine.acts;
  }

  opened(kind: string, hit: Hit): void {
    const others = this.records.filter((one) => one.kind !== kind || one.hit.id !== hit.id);
    this.#keep({ ...this.#mine, records: [{ kind, hit }, ...others].slice(0, MOST) });
  }

  did(id: string): void {
    this.#keep({ ...this.#mine, acts: [id, ...this.acts.filter((one) => one !== id)].slice(0, MOST) });
  }

  #keep(now: Of): void {
    this.#of = { ...this.#of, [this.#key]: now };
  }
}

export const recent = new Recent();
