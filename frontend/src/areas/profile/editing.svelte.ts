/** A dialog over the account: sends what was changed, and survives that it was changed elsewhere meanwhile. */
import { type Fault, toFault } from '$lib/backend';
import { changes, follow } from './form';
import { mine, update, type Profile } from './api';

type Key = Exclude<keyof Profile, 'version'>;

export class Editing<K extends Key> {
  #shown: Profile;
  readonly #fields: readonly K[];
  typed = $state() as Pick<Profile, K>;
  #elsewhere = $state.raw<Partial<Pick<Profile, K>>>({});
  #fault = $state.raw<Fault>();
  #busy = $state(false);

  constructor(profile: Profile, fields: readonly K[]) {
    this.#shown = profile;
    this.#fields = fields;
    this.typed = Object.fromEntries(fields.map((field) => [field, profile[field]])) as Pick<Profile, K>;
  }

  get fault(): Fault | undefined {
    return this.#fault;
  }

  get busy(): boolean {
    return this.#busy;
  }

  get clashed(): boolean {
    return this.#fault?.reason === 'changed_meanwhile';
  }

  /** What another window saved for a field that was typed here, too. */
  elsewhere(field: K): string | undefined {
    return this.#elsewhere[field];
  }

  /** The account after the change, or undefined if it was refused. */
  async save(): Promise<Profile | undefined> {
    this.#busy = true;
    this.#fault = undefined;
    try {
      const changed = changes(this.#fields, this.#shown, this.typed);
      return await update({ version: this.#shown.version, ...changed });
    } catch (thrown) {
      this.#fault = toFault(thrown);
    } finally {
      this.#busy = false;
    }
  }

  /** Shows the new state around what was typed. */
  async catchUp(): Promise<Profile | undefined> {
    try {
      const next = await mine();
      const merged = follow(this.#fields, this.#shown, this.typed, next);
      this.#shown = next;
      this.typed = merged.typed;
      this.#elsewhere = merged.elsewhere;
      this.#fault = undefined;
      return next;
    } catch (thrown) {
      this.#fault = toFault(thrown);
    }
  }
}
