/** Events that Go sends to the window, by name, with what they carry. An area adds its own by extending Events. */
import { EventsOn } from '$wailsjs/runtime/runtime';

// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- areas extend it: declare module '$lib/backend/events'
export interface Events {}

/** Calls `listener` for each event until the returned function is called. */
export function on<Name extends keyof Events & string>(name: Name, listener: (data: Events[Name]) => void): () => void {
  if (!('runtime' in window)) return () => {}; // in a plain browser (gallery, tests) nobody sends
  return EventsOn(name, listener);
}
