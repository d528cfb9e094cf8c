/**
 * The one registry of what a person can do: palette, menus, buttons and shortcuts show and run the same commands.
 */
import { onMount } from 'svelte';
import type { IconName } from './ui/icons';

export interface Command {
  /** Stable, e.g. "partner.import". */
  id: string;
  title: () => string;
  run: () => void;
  icon?: IconName;
  /** Where it belongs, shown at the right of the palette. */
  group?: () => string;
  /** "g r" (one after the other), "mod+k" (Ctrl or ⌘ held), "?", "/". */
  keys?: string;
  /** Other words people may look for. */
  words?: () => string;
  /** Kept out of the palette (the palette itself, focus moves). */
  hidden?: boolean;
}

class Commands {
  #sets = $state.raw<(() => Command[])[]>([]);

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
}

export const commands = new Commands();

/** Adds commands for as long as the component lives. Call it while the component is set up. */
export function useCommands(set: () => Command[]): void {
  onMount(() => commands.add(set)); // not an effect: adding reads what it writes
}

/** Commands whose title or words hold every word of the question, best first. */
export function search(all: Command[], question: string): Command[] {
  const wanted = fold(question).split(/\s+/).filter(Boolean);
  const visible = all.filter((command) => !command.hidden);
  if (wanted.length === 0) return visible;
  return visible
    .map((command) => {
      const title = fold(command.title());
      const rest = fold(`${command.group?.() ?? ''} ${command.words?.() ?? ''}`);
      if (!wanted.every((word) => title.includes(word) || rest.includes(word))) return { command, score: -1 };
      const first = wanted[0]!;
      const score = title.startsWith(first) ? 3 : title.includes(` ${first}`) ? 2 : title.includes(first) ? 1 : 0;
      return { command, score };
    })
    .filter(({ score }) => score >= 0)
    .sort((a, b) => b.score - a.score)
    .map(({ command }) => command);
}

/** Lower case without accents: "perio" finds "Período". */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
