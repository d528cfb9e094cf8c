/**
 * Work that somebody has typed and not saved. Dialogs and forms in pages register what they hold; whatever would lose it
 * (Esc, another page, another organization, closing the window) asks here first.
 */
import { tick } from 'svelte';
import { tellForms } from '$lib/backend/closing';

class Unsaved {
  readonly #held = new Set<() => boolean>();
  readonly #writes = new Set<() => Promise<unknown>>();
  #asking = $state.raw<(leave: boolean) => void>();
  /** Whether somebody can answer: the question is drawn by the frame, which a test may not have. */
  asked = false;

  /** Registers a form, with what tells whether it holds something; gives what takes that back. */
  hold(changed: () => boolean): () => void {
    return this.#register(this.#held, changed);
  }

  /** Registers what is written without a question before the window closes; gives what takes that back. */
  finish(write: () => Promise<unknown>): () => void {
    return this.#register(this.#writes, write);
  }

  #register<T>(all: Set<T>, one: T): () => void {
    const tell = () => tellForms(this.#held.size + this.#writes.size);
    all.add(one);
    tell();
    return () => {
      all.delete(one);
      tell();
    };
  }

  /** The window is to be closed: writes what is to be written, and tells whether the window may go. */
  async close(): Promise<boolean> {
    await Promise.allSettled([...this.#writes].map((write) => write()));
    return this.leave();
  }

  get any(): boolean {
    return [...this.#held].some((changed) => changed());
  }

  /** The question is in sight. */
  get asking(): boolean {
    return this.#asking !== undefined;
  }

  answer(leave: boolean): void {
    const asking = this.#asking;
    this.#asking = undefined;
    asking?.(leave);
  }

  /** Tells whether to go on: nothing is unsaved, or the person says that it can go. `changed` looks at one form only. */
  async leave(changed: () => boolean = () => this.any): Promise<boolean> {
    if (!changed()) return true;
    await tick(); // a form that was just closed is gone then
    if (!changed() || !this.asked) return true;
    if (this.#asking) return false; // one question at a time
    return new Promise((resolve) => (this.#asking = resolve));
  }
}

export const unsaved = new Unsaved();

/** <form {@attach holds(() => changed)}>: a form in a page, as long as it is there. */
export const holds = (changed: () => boolean) => (): (() => void) => unsaved.hold(changed);
