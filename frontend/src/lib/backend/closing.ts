/**
 * Closing the window: the shell asks the page first, as long as the page has said that there are forms in it, and waits
 * only if the page says that it is asking.
 */
import { EventsEmit } from '$wailsjs/runtime/runtime';
import { on } from './events';

declare module './events' {
  interface Events {
    'window:closing': undefined;
  }
}

/** So many forms are in the page. */
export function tellForms(count: number): void {
  if ('runtime' in window) EventsEmit('window:forms', count); // in a plain browser (gallery, tests) nobody listens
}

/** Asks `leave` each time the window is to be closed, until the returned function is called. */
export function onClosing(leave: () => Promise<boolean>): () => void {
  return on('window:closing', () => {
    EventsEmit('window:asking');
    void leave().then((go) => go && EventsEmit('window:leave'));
  });
}
