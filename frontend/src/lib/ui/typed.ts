/**
 * Whether a person has changed something in a part of the page, whatever the controls are. What they say is noted when
 * somebody first gets there, and compared when it is asked; typed and taken back is not changed.
 */
const CONTROLS =
  'input:not([type="hidden"], [type="file"], [type="search"]), textarea, select, [role="checkbox"], [role="radio"], [role="switch"], [role="slider"], button[aria-haspopup="listbox"]';
const ARRIVALS = ['focusin', 'pointerdown', 'keydown', 'beforeinput', 'paste', 'drop'] as const;

export class Typed {
  #root: HTMLElement | undefined;
  #before: Map<Element, string> | undefined;
  /** Of fields that may be gone meanwhile. */
  #last = new Map<Element, string>();

  /** For {@attach typed.watch}. */
  watch = (root: HTMLElement): (() => void) => {
    this.#root = root;
    const arrive = () => (this.#before ??= states(root));
    const type = (event: Event) => {
      if (event.target instanceof Element) this.#last.set(event.target, state(event.target));
    };
    for (const name of ARRIVALS) root.addEventListener(name, arrive, true);
    root.addEventListener('input', type, true);
    return () => {
      for (const name of ARRIVALS) root.removeEventListener(name, arrive, true);
      root.removeEventListener('input', type, true);
      this.#root = undefined;
    };
  };

  get changed(): boolean {
    const before = this.#before;
    if (!this.#root || !before) return false;
    const now = states(this.#root);
    for (const [control, said] of now) {
      const then = before.get(control);
      if (then === undefined ? isText(control) && said !== '' : said !== then) return true;
    }
    for (const [control, then] of before)
      if (!now.has(control) && isText(control) && (this.#last.get(control) ?? then) !== '') return true;
    return false;
  }

  /** What stands there now was saved. */
  settle(): void {
    this.#last.clear();
    this.#before = this.#root && states(this.#root);
  }
}

function states(root: HTMLElement): Map<Element, string> {
  return new Map(
    [...root.querySelectorAll(CONTROLS)]
      .filter((one) => one.getAttribute('autocomplete') !== 'current-password') // a proof, not work
      .map((one) => [one, state(one)]),
  );
}

const isText = (one: Element) =>
  one instanceof HTMLTextAreaElement ||
  (one instanceof HTMLInputElement && one.type !== 'checkbox' && one.type !== 'radio');

function state(one: Element): string {
  if (one instanceof HTMLInputElement && !isText(one)) return String(one.checked);
  if (one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement)
    return one.value;
  return one.getAttribute('aria-checked') ?? one.getAttribute('aria-valuenow') ?? one.textContent?.trim() ?? '';
}
