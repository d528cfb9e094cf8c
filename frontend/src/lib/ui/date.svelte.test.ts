import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { language } from '$lib/i18n/locale.svelte';
import DateInput from './DateInput.svelte';
import MomentInput from './MomentInput.svelte';

beforeEach(() => (language.current = 'de'));
afterEach(() => (language.current = 'en'));

const field = () => screen.getByRole('textbox', { name: 'Fällig' }) as HTMLInputElement;

function shown(value: string) {
  const props = $state({ value, 'aria-label': 'Fällig' });
  render(DateInput, {
    get value() {
      return props.value;
    },
    set value(next) {
      props.value = next;
    },
    'aria-label': 'Fällig',
  });
  return props;
}

test('a day is shown and typed in the figures of the language', async () => {
  const props = shown('2026-12-21');
  expect(field().value).toBe('21.12.2026');
  await userEvent.clear(field());
  expect(props.value).toBe('');
  expect(field().placeholder).toBe('TT.MM.JJJJ');
  await userEvent.type(field(), '1.2.');
  expect(props.value).toBe('');
  await userEvent.type(field(), '27');
  expect(props.value).toBe('2027-02-01');
  expect(field().value).toBe('1.2.27'); // not under the fingers
  await userEvent.tab();
  expect(field().value).toBe('01.02.2027');
});

test('what is no day stays for the refusal to stand beside it', async () => {
  const props = shown('');
  await userEvent.type(field(), '30.2.2027');
  await userEvent.tab();
  expect(props.value).toBe('30.2.2027');
  expect(field().value).toBe('30.2.2027');
});

test('arrows go from day to day', async () => {
  const props = shown('2026-12-31');
  await userEvent.type(field(), '{ArrowUp}');
  expect(props.value).toBe('2027-01-01');
  await userEvent.type(field(), '{ArrowDown}{ArrowDown}');
  expect(field().value).toBe('30.12.2026');
});

test('what is no day is not lost beside a time of day either', async () => {
  const props = $state({ value: '' });
  const day = () => screen.getByPlaceholderText('TT.MM.JJJJ') as HTMLInputElement;
  render(MomentInput, {
    get value() {
      return props.value;
    },
    set value(next) {
      props.value = next;
    },
  });
  await userEvent.type(day(), 'Tuesday');
  await userEvent.tab();
  expect(day().value).toBe('Tuesday');
  await userEvent.clear(day());
  await userEvent.type(day(), '21.12.2026');
  await userEvent.tab();
  await userEvent.clear(screen.getByRole('textbox', { name: 'Uhrzeit' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Uhrzeit' }), '9h30');
  await userEvent.tab();
  expect(new Date(props.value)).toEqual(new Date(2026, 11, 21, 9, 30));
});
