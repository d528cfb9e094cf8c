/** The row of a record to which the address leads: `#/payment?row=…`. */
import type { Attachment } from 'svelte/attachments';
import { router } from '../router.svelte';

/** Marks a row, brings it into sight and gives it the focus while the address names its record: <tr {@attach row(id)}>. */
export const row =
  (id: string): Attachment<HTMLElement> =>
  (element) => {
    if (router.route.query.get('row') !== id) return;
    element.classList.add('is-selected');
    element.tabIndex = -1;
    // the box that led here gives the focus back when it has closed
    const timer = setTimeout(() => {
      element.scrollIntoView?.({ block: 'center' });
      element.focus({ preventScroll: true });
    });
    return () => {
      clearTimeout(timer);
      element.classList.remove('is-selected');
      element.removeAttribute('tabindex');
    };
  };
