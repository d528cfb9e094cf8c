/**
 * The one registry of what a person can do: palette, menus, buttons and shortcuts show and run the same acts. An area
 * declares its acts, with their words, in area.ts, so that they are found from everywhere; the page that does them says
 * how, with useActs, for as long as it is open.
 */
import { onMount, untrack } from 'svelte';
import { fold } from './fold';
import { LOCALES, language, type Locale } from './i18n';
import { router } from './router.svelte';
import type { IconName } from './ui/icons';

/** A text, in the language of the window or another. */
export type Title = (inputs?: Record<string, never>, options?: { locale?: Locale }) => string;

export interface Command {
  /** Stable, e.g. "partner.import". */
  id: string;
  title: Title;
  run: () => void;
  icon?: IconName;
  /** Where it belongs, shown at the right of the palette. */
  group?: () => string;
  /** "g r" (one after the other), "mod+k" (Ctrl or ⌘ held), "?", "/". */
  keys?: string;
  /** Other words people may look for. */
  words?: Title;
  /** Kept out of the palette (the palette itself, focus moves). */
  hidden?: boolean;
}

/** What an area can do: known everywhere, done on the page at an address. */
export interface Act extends Omit<Command, 'run' | 'hidden'> {
  /** Where it is done. A place is an act too: one that no page has to do anything for. */
  at: string;
  /** The capability without which it would be refused; Go decides, this only hides. */
  needs?: string;
}

/** How long an act waits for its page to be there and to have loaded what it needs. */
const PATIENCE_MS = 15_000;

type Doers = Record<string, (() => unknown) | undefined>;

class Commands {
  #sets = $state.raw<(() => Command[])[]>([]);
  #pages = $state.raw<(() => Doers)[]>([]);
  #wanted = $state.raw<{ id: string; until: number }>();

  /** Adds commands; the function is asked anew at each look, so titles follow the language. Returns the way back. */
  add(commands: () => Command[]): () => void {
    this.#sets = [...this.#sets, commands];
    return () => {
      this.#sets = this.#sets.filter((set) => set !== commands);
    };
  }

  /** All commands; the last one added wins an id or a shortcut that two of them want. */
  get all(): Command[] {
    const byId = new Map<string, Command>();
    for (const set of this.#sets) for (const command of set()) byId.set(command.id, command);
    return [...byId.values()];
  }

  find(id: string): Command | undefined {
    return this.all.find((command) => command.id === id);
  }

  run(id: string): void {
    this.find(id)?.run();
  }

  /** An act as a command. Its keys count while its page is open. */
  of(act: Act): Command {
    return { ...act, keys: this.#doer(act.id) ? act.keys : undefined, run: () => this.do(act) };
  }

  /** Does an act: at once where its page is open, else there, as soon as the page is ready for it. */
  do(act: Act): void {
    const run = this.#doer(act.id);
    this.#wanted = undefined;
    if (run) return void run();
    this.#wanted = { id: act.id, until: performance.now() + PATIENCE_MS };
    router.go(act.at);
  }

  /** Lets a page do acts; returns the way back. */
  serve(page: () => Doers): () => void {
    this.#pages = [...this.#pages, page];
    return () => {
      this.#pages = this.#pages.filter((one) => one !== page);
    };
  }

  /** Does what was asked for before the page was there. */
  wake(doers: Doers): void {
    const wanted = this.#wanted;
    const run = wanted && doers[wanted.id];
    if (!run) return;
    this.#wanted = undefined;
    if (performance.now() < wanted.until) untrack(run);
  }

  #doer(id: string): (() => unknown) | undefined {
    for (const page of this.#pages.toReversed()) {
      const run = page()[id];
      if (run) return run;
    }
    return undefined;
  }
}

export const commands = new Commands();

/** Adds commands for as long as the component lives. Call it while the component is set up. */
export function useCommands(set: () => Command[]): void {
  onMount(() => commands.add(set)); // not an effect: adding reads what it writes
}

/** Says how the acts of the area are done here, for as long as the component lives; an act left out cannot be done yet. */
export function useActs(doers: () => Doers): void {
  onMount(() => commands.serve(doers));
  $effect(() => commands.wake(doers()));
}

/** How well one text holds the words: 0 not at all, more where it begins with the first. */
function fits(text: string, wanted: string[]): number {
  const first = wanted[0]!;
  if (!wanted.every((word) => text.includes(word))) return 0;
  return text.startsWith(first) ? 3 : text.includes(` ${first}`) ? 2 : 1;
}

/**
 * Commands whose title or words hold every word of the question, best first. Titles in the other languages count too,
 * last: guides and colleagues do not always speak the person's own.
 */
export function search(all: Command[], question: string): Command[] {
  const wanted = fold(question).split(/\s+/).filter(Boolean);
  const visible = all.filter((command) => !command.hidden);
  if (wanted.length === 0) return visible;
  const others = LOCALES.filter((locale) => locale !== language.current);
  const score = (command: Command): number => {
    const title = fold(command.title());
    const named = fits(title, wanted);
    if (named) return 20 + named;
    const here = fold(`${title} ${command.group?.() ?? ''} ${command.words?.() ?? ''}`);
    if (wanted.every((word) => ` ${here}`.includes(` ${word}`))) return 12;
    if (fits(here, wanted)) return 11;
    const abroad = others.map((locale) =>
      fold(`${command.title({}, { locale })} ${command.words?.({}, { locale }) ?? ''}`),
    );
    return abroad.some((text) => wanted.every((word) => ` ${text}`.includes(` ${word}`))) ? 1 : 0;
  };
  return visible
    .map((command) => ({ command, score: score(command) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ command }) => command);
}
