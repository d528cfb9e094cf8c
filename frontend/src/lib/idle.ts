/** Notices that nobody has touched the window for a while: neither keys nor pointer. */

const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'focus'] as const;
const LOOK_EVERY = 5_000; // ms

/**
 * Calls `idle` once nobody has touched the window for so many minutes, until the returned function is called. The clock
 * goes on while the computer sleeps: the first touch after that comes too late.
 */
export function watchIdle(minutes: number, idle: () => void): () => void {
  let last = Date.now();
  const look = () => {
    if (Date.now() - last < minutes * 60_000) return false;
    stop();
    idle();
    return true;
  };
  const touched = () => {
    if (!look()) last = Date.now();
  };
  const clock = setInterval(look, LOOK_EVERY);
  for (const touch of TOUCHES) window.addEventListener(touch, touched, { capture: true, passive: true });
  const stop = () => {
    clearInterval(clock);
    for (const touch of TOUCHES) window.removeEventListener(touch, touched, { capture: true });
  };
  return stop;
}
