import { createRawSnippet } from 'svelte';
import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import ListHead from './ListHead.svelte';
import Panel from './Panel.svelte';
import Tabs from './Tabs.svelte';

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

test('a panel and a tab count what is there; of nothing they show no 0', () => {
  const nothing = createRawSnippet<[string?]>(() => ({ render: () => '<p>nothing</p>' }));
  for (const count of [0, undefined, 3]) {
    const panel = render(Panel, { title: 'People', count, children: nothing });
    const tabs = render(Tabs, {
      label: 'Parts',
      value: 'a',
      tabs: [{ value: 'a', label: 'All', count }],
      panel: nothing,
    });
    expect(panel.container.querySelector('.count')?.textContent).toBe(count ? '3' : undefined);
    expect(tabs.container.querySelector('.badge')?.textContent).toBe(count ? '3' : undefined);
    panel.unmount();
    tabs.unmount();
  }
});
