/** Whoever is led to a record finds its row, however long the list is and whatever it was narrowed to. */
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import Rows from '../../test/Rows.svelte';
import { router } from '../router.svelte';

const theRow = (name: string) => screen.getByText(name).closest('tr')!;
const there = async (name: string) => {
  await waitFor(() => expect(theRow(name)).toHaveFocus());
  expect(theRow(name)).toHaveClass('is-selected');
};

beforeEach(() => router.go('#/payment'));

test('a row far down a list that was narrowed to others is shown, marked, and has the focus', async () => {
  router.go('#/payment?row=r8765');
  render(Rows);
  await there('r8765');
  expect(screen.getByLabelText('Find')).toHaveValue('');
  expect(document.querySelectorAll('tbody tr').length).toBeLessThan(60);
});

test('the same way again, and another, from the page itself', async () => {
  render(Rows);
  router.go('#/payment?row=r8765');
  await there('r8765');
  await fireEvent.input(screen.getByLabelText('Find'), { target: { value: 'r2' } });
  screen.getByLabelText('Find').focus();
  await waitFor(() => expect(screen.queryByText('r8765')).toBeNull());
  router.go('#/payment?row=r8765');
  await there('r8765');
  router.go('#/payment?row=r9999');
  await there('r9999');
  expect(document.querySelectorAll('tr.is-selected')).toHaveLength(1);
});

test('who scrolls away is not led back', async () => {
  router.go('#/payment?row=r8765');
  render(Rows);
  await there('r8765');
  const box = document.querySelector<HTMLElement>('.vtable')!;
  box.focus();
  for (const to of [0, 8765 * 40]) {
    box.scrollTop = to;
    await fireEvent.scroll(box);
  }
  await waitFor(() => expect(theRow('r8765')).toHaveClass('is-selected'));
  await new Promise((done) => setTimeout(done)); // when the row would take the focus
  expect(box).toHaveFocus();
});

test('the arrow keys go on from the row', async () => {
  router.go('#/payment?row=r8765');
  render(Rows);
  await there('r8765');
  await fireEvent.keyDown(theRow('r8765'), { key: 'ArrowDown' });
  await waitFor(() => expect(theRow('r8766')).toHaveClass('is-active'));
  expect(document.querySelector('.vtable')).toHaveFocus();
});

test('a list that is read in parts is told where the row is', async () => {
  router.go('#/payment?row=r8765');
  render(Rows, { asked: 8765 });
  await there('r8765');
});
