/**
 * The row of a record to which the address leads: `#/payment?row=…`. A list of any kind marks the row, shows it and gives
 * it the focus once for each time that somebody is led there. A list that narrows or divides what it holds makes way for
 * it with `makeWay`.
 */
import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { router, type Route } from '../router.svelte';

/** The record whose row the address names; '' if it names none. */
export const wanted = (): string => router.route.query.get('row') ?? '';

/** The visit whose row has been shown: scrolling away from it, or reading the list anew, does not lead back to it. */
let shown: Route | undefined;

/** Whether the row is still to be shown: whoever asks in an effect is asked again at each visit. */
export const due = (): boolean => wanted() !== '' && router.route !== shown;

/** Calls a function each time that the address leads to a row: it takes away what would hide it. Call while set up. */
export function makeWay(clear: (id: string) => void): void {
  $effect(() => {
    if (due()) untrack(() => clear(wanted()));
  });
}

/** Marks a row, brings it into sight and gives it the focus when the address names its record: <tr {@attach row(id)}>. */
export const row =
  (id: string): Attachment<HTMLElement> =>
  (element) => {
    const visit = router.route;
    if (!id || wanted() !== id) return;
    element.classList.add('is-selected');
    element.tabIndex = -1;
    // the box that led here gives the focus back when it has closed
    const timer = setTimeout(() => {
      if (shown === visit) return;
      shown = visit;
      element.scrollIntoView?.({ block: 'center' });
      element.focus({ preventScroll: true });
    });
    return () => {
      clearTimeout(timer);
      element.classList.remove('is-selected');
      element.removeAttribute('tabindex');
    };
  };
