import { fireEvent, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import Toasts from './ui/Toasts.svelte';
import { RESULT_SECONDS, toasts, UNDO_SECONDS } from './toasts.svelte';

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  render(Toasts);
});
afterEach(() => {
  toasts.clear();
  vi.useRealTimers();
});

const wait = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000 + 500);
const person = () => userEvent.setup({ advanceTimers: (ms) => void vi.advanceTimersByTime(ms) });

test('closed by keyboard, it holds up none of those that follow', async () => {
  toasts.done('first');
  (await screen.findByRole('button', { name: 'Close' })).focus();
  await wait(RESULT_SECONDS + 2);
  expect(toasts.list).toHaveLength(1); // somebody is in it
  await person().keyboard('{Enter}');
  toasts.done('second');
  await wait(RESULT_SECONDS);
  expect(toasts.list).toHaveLength(0);
});

test('undone under the pointer, it holds up none of those that follow', async () => {
  const undo = vi.fn();
  toasts.undo('gone', undo, 'Undo');
  await person().click(await screen.findByRole('button', { name: 'Undo' }));
  expect(undo).toHaveBeenCalledOnce();
  toasts.done('back');
  await wait(RESULT_SECONDS);
  expect(toasts.list).toHaveLength(0);
});

test('time stands still under the pointer', async () => {
  toasts.undo('gone', vi.fn(), 'Undo');
  await person().hover(await screen.findByText('gone'));
  await wait(UNDO_SECONDS + 5);
  expect(toasts.list).toHaveLength(1);
  await fireEvent.pointerLeave(screen.getByRole('log'));
  await wait(UNDO_SECONDS);
  expect(toasts.list).toHaveLength(0);
});

test('what is still to do stays until it is closed, and not for another person', async () => {
  toasts.todo('Noted here, to do in the Manager');
  await wait(600);
  expect(toasts.list).toHaveLength(1);
  toasts.done('left');
  toasts.clearActs(); // the organization went
  expect(toasts.list.map((toast) => toast.text)).toEqual(['left']);
  toasts.clear();
  expect(toasts.list).toHaveLength(0);
});
