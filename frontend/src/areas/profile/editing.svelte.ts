/** A dialog over the account: sends what was changed, and survives that it was changed elsewhere meanwhile. */
import { changes, follow } from './form';
import { mine, update, type Profile } from './api';

type Key = Exclude<keyof Profile, 'version'>;

export class Editing<K extends Key> {
  #shown: Profile;
  readonly #fields: readonly K[];
  typed = $state() as Pick<Profile, K>;
  #elsewhere = $state.raw<Partial<Pick<Profile, K>>>({});

  constructor(profile: Profile, fields: readonly K[]) {
    this.#shown = profile;
    this.#fields = fields;
    this.typed = Object.fromEntries(fields.map((field) => [field, profile[field]])) as Pick<Profile, K>;
  }

  /** What another window saved for a field that was typed here, too. */
  elsewhere(field: K): string | undefined {
    return this.#elsewhere[field];
  }

  /** The account after the change. */
  save(): Promise<Profile> {
    const changed = changes(this.#fields, this.#shown, this.typed);
    return update({ version: this.#shown.version, ...changed });
  }

  /** Shows the new state around what was typed. */
  async catchUp(): Promise<void> {
    const next = await mine();
    const merged = follow(this.#fields, this.#shown, this.typed, next);
    this.#shown = next;
    this.typed = merged.typed;
    this.#elsewhere = merged.elsewhere;
  }
}
