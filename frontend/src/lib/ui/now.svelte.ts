/** The time as state, once a minute: relative times stay true without each of them keeping a clock. */
import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 60_000);
  return () => clearInterval(timer);
});

export function now(): Date {
  subscribe();
  return new Date();
}
