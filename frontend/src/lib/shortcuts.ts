/** Turns key presses into commands. */
import { m } from './i18n';
import type { Command } from './commands.svelte';

/** How long the second key of "g r" may take. */
export const PATIENCE_MS = 1200;

const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);

/** Keys whose sign would be misread in "mod+…"; "=" is where "+" lies without Shift. */
const NAMES: Record<string, string> = { '+': 'plus', '=': 'plus', '-': 'minus' };
const SIGNS: Record<string, string> = { plus: '+', minus: '−' };

/** Keys that have a name of their own on the keyboards of a language. */
const NAMED: Record<string, () => string> = { enter: m.shell_key_enter, esc: m.shell_key_esc, tab: m.shell_key_tab };

/** The keys of a command as caps to draw: "mod+k" is ["Ctrl K"], in German ["Strg K"], or ["⌘ K"]; "g r" is ["g", "r"]. */
export function keyCaps(keys: string, mac = isMac): string[] {
  return keys.split(' ').map((step) =>
    step
      .split('+')
      .map((part) =>
        part === 'mod'
          ? mac
            ? '⌘'
            : m.shell_key_ctrl()
          : (NAMED[part]?.() ?? SIGNS[part] ?? (part.length === 1 && step.includes('+') ? part.toUpperCase() : part)),
      )
      .join(' '),
  );
}

/** What a key press is called in Command.keys, or "" for a modifier alone. */
export function stepOf(event: KeyboardEvent): string {
  if (['Control', 'Meta', 'Shift', 'Alt'].includes(event.key) || event.altKey) return '';
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `mod+${NAMES[key] ?? key}` : key;
}

/** Somebody is typing, or a dialog has the floor: single keys belong to them. */
export function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role="menu"], [role="listbox"]')) return true;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'range', 'button', 'submit'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** A listener for keydown that runs commands; `all` is asked at each press. */
export function listen(all: () => Command[], now: () => number = () => performance.now()) {
  let begun = '';
  let at = 0;
  return (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    const step = stepOf(event);
    if (!step) return;
    const held = step.startsWith('mod+');
    if (!held && isBusy(event.target)) return;
    const sequence = begun && now() - at < PATIENCE_MS ? `${begun} ${step}` : step;
    begun = '';
    // The last command wins: a page may take a shortcut over while it is open.
    const own = all().filter((command) => command.keys);
    const hit =
      own.findLast((command) => command.keys === sequence) ?? own.findLast((command) => command.keys === step);
    if (hit) {
      event.preventDefault();
      hit.run();
    } else if (!held && own.some((command) => command.keys!.startsWith(`${step} `))) {
      begun = step;
      at = now();
    }
  };
}
