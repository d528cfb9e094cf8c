import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import ListHead from './ListHead.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a list asks once, when typing rests, and not when it is gone', async () => {
  const ask = vi.fn();
  const { unmount } = render(ListHead, { search: '', find: 'Search', ask, count: '3 of 9' });
  const field = screen.getByRole('searchbox', { name: 'Search' });
  await fireEvent.input(field, { target: { value: 'mo' } });
  vi.advanceTimersByTime(60);
  await fireEvent.input(field, { target: { value: 'mon' } });
  vi.advanceTimersByTime(100);
  expect(ask).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(screen.getByRole('status')).toHaveTextContent('3 of 9');
  await fireEvent.input(field, { target: { value: '' } });
  unmount();
  vi.advanceTimersByTime(500);
  expect(ask).toHaveBeenCalledTimes(1);
});
