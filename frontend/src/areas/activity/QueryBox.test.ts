import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { language } from '$lib/i18n';
import type { Query, Term } from './api';
import QueryBox from './QueryBox.svelte';

beforeEach(() => {
  language.current = 'en';
});

const term = (text: string): Term => {
  const hit = /^(-?)([a-z]+):(.+)$/.exec(text);
  return {
    key: hit?.[2] ?? '',
    not: Boolean(hit?.[1]) || text.startsWith('-'),
    values: [hit?.[3] ?? text],
    exact: false,
    problem: hit?.[2] === 'foo' || hit?.[2] === 're' ? 'unknown_filter' : '',
    text,
  };
};
const query = (text: string): Query => ({ text, terms: text.split(' ').filter(Boolean).map(term) });

function box(text = '') {
  const onlook = vi.fn();
  const offered = [{ text: 'action:invoice_generated', label: 'action: invoice generated' }];
  const view = render(QueryBox, { query: query(text), actors: [], offered, onlook });
  return { onlook, ...view, input: screen.getByRole('combobox') as HTMLInputElement };
}

test('filters stand as chips, words as text', () => {
  const { input } = box('product:drive -actor:me invoice');
  expect(screen.getByRole('button', { name: 'Edit product: kDrive' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Edit not person: me' })).toBeInTheDocument();
  expect(input).toHaveValue('invoice');
});

test('a blank after a filter makes a chip, Enter looks for the words', async () => {
  const { onlook, input, rerender } = box('product:drive');
  await userEvent.type(input, 'result:failed ');
  expect(onlook).toHaveBeenLastCalledWith('product:drive result:failed');
  await userEvent.type(input, 'inv'); // typed on before the answer came
  await rerender({ query: query('product:drive result:failed') });
  expect(input).toHaveValue('inv');
  await userEvent.type(input, 'oice{Enter}');
  expect(onlook).toHaveBeenLastCalledWith('product:drive result:failed invoice');
});

test('words of another language become the chip that they mean', async () => {
  const { onlook, input, rerender } = box();
  await userEvent.type(input, 'rechnung dal:ieri ');
  expect(onlook).toHaveBeenLastCalledWith('rechnung dal:ieri');
  await rerender({ query: query('rechnung since:1d') });
  expect(input).toHaveValue('rechnung');
  expect(screen.getByRole('button', { name: 'Edit since: yesterday' })).toBeInTheDocument();
});

test.each(['a - b - c', 'fattura - kdrive - luglio', '& & x', 're: re: offerta', 'foo:bar foo:bar'])(
  '%s is searched like any other',
  async (text) => {
    const { onlook, input, rerender } = box();
    await userEvent.type(input, `${text}{Enter}`);
    expect(onlook).toHaveBeenLastCalledWith(text);
    await rerender({ query: query(text) });
    expect(input).toBeInTheDocument();
  },
);

test('the answer does not take away what is typed meanwhile', async () => {
  const { onlook, input, rerender } = box();
  await userEvent.type(input, '"two wor');
  await vi.waitFor(() => expect(onlook).toHaveBeenCalledWith('"two wor'));
  await userEvent.type(input, 'd');
  await rerender({ query: { text: '"two wor"', terms: [{ ...term('x'), text: '"two wor"' }] } });
  expect(input).toHaveValue('"two word');
  await rerender({ query: query('result:ok') }); // but another search does
  expect(input).toHaveValue('');
});

test('Backspace at the start turns the last chip into text', async () => {
  const { onlook, input } = box('product:drive result:ok');
  input.focus();
  await userEvent.keyboard('{Backspace}');
  expect(input).toHaveValue('result:ok');
  expect(onlook).toHaveBeenLastCalledWith('product:drive');
});

test('a chip is removed by its button', async () => {
  const { onlook } = box('product:drive result:ok');
  await userEvent.click(screen.getByRole('button', { name: 'Remove product: kDrive' }));
  expect(onlook).toHaveBeenLastCalledWith('result:ok');
});

test('a suggestion is chosen by keyboard and takes the place of its words', async () => {
  const { onlook, input, rerender } = box();
  await userEvent.type(input, 'draft invoice gen');
  expect(screen.getByRole('option')).toHaveTextContent('action: invoice generated');
  await userEvent.keyboard('{ArrowDown}');
  expect(input).toHaveAttribute('aria-activedescendant', screen.getByRole('option').id);
  await userEvent.keyboard('{Enter}');
  expect(onlook).toHaveBeenLastCalledWith('draft action:invoice_generated');
  await rerender({ query: query('draft action:invoice_generated') });
  expect(input).toHaveValue('draft');
});

test('a bad filter stays and says why', () => {
  const { input } = box('foo:bar');
  expect(screen.getByRole('alert')).toHaveTextContent('Kontor does not know this filter: foo:bar');
  expect(screen.getByRole('button', { name: 'Remove foo:bar' })).toBeInTheDocument();
  expect(input).toHaveAttribute('aria-invalid', 'true');
});
