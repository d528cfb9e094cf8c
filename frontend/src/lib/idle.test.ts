import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchIdle } from './idle';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const MINUTE = 60_000;

test('whoever touches nothing for a while is idle, once', () => {
  const idle = vi.fn();
  watchIdle(15, idle);
  vi.advanceTimersByTime(14 * MINUTE);
  window.dispatchEvent(new Event('pointermove'));
  vi.advanceTimersByTime(14 * MINUTE);
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
  vi.advanceTimersByTime(14 * MINUTE);
  expect(idle).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2 * MINUTE);
  expect(idle).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(60 * MINUTE);
  expect(idle).toHaveBeenCalledOnce();
});

test('the first touch after a long sleep comes too late', () => {
  const idle = vi.fn();
  watchIdle(15, idle);
  vi.setSystemTime(Date.now() + 8 * 60 * MINUTE); // no timer ran meanwhile
  window.dispatchEvent(new Event('pointermove'));
  expect(idle).toHaveBeenCalledOnce();
});

test('nothing is noticed any more after the end', () => {
  const idle = vi.fn();
  watchIdle(1, idle)();
  vi.advanceTimersByTime(10 * MINUTE);
  expect(idle).not.toHaveBeenCalled();
});
