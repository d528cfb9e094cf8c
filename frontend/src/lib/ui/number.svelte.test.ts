import { fireEvent, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import { language } from '$lib/i18n';
import { forms } from '$lib/format/forms.svelte';
import Number from '../../test/Number.svelte';

afterEach(() => (forms.region = ''));

function field(value: string, more: { unit?: string; error?: string } = {}) {
  const bound = { value };
  const page = render(Number, { value, onvalue: (next: string) => (bound.value = next), ...more });
  return { bound, page, input: screen.getByLabelText<HTMLInputElement>('Price'), person: userEvent.setup() };
}

describe('a number field', () => {
  test('shows the value as the person writes it, and leaves it alone', async () => {
    language.current = 'it';
    const { bound, input, person } = field('1.475');
    expect(input).toHaveValue('1,475');
    await person.click(input);
    await person.tab();
    await person.type(input, '{Enter}');
    expect(bound.value).toBe('1.475');
    expect(input).toHaveValue('1,475');
  });

  test('hands on decimal text at every key', async () => {
    language.current = 'de';
    forms.region = 'DE';
    const { bound, input, person } = field('');
    const seen: string[] = [];
    for (const key of '1.234,5') {
      await person.type(input, key);
      seen.push(bound.value);
    }
    expect(seen).toEqual(['1', '1', '1.2', '1.23', '1234', '1234', '1234.5']);
    expect(input).toHaveValue('1.234,5'); // as it was typed, as long as somebody types
    await person.tab();
    expect(input).toHaveValue('1.234,5');
  });

  test('writes what was typed in the person’s form once it is left', async () => {
    const { bound, input, person } = field('', { unit: 'CHF' });
    await person.type(input, 'chf 1234.50');
    await person.tab();
    expect(input).toHaveValue('1,234.50');
    expect(bound.value).toBe('1234.50');
  });

  test.each(['12..50', '20.11.2026', '1,5,0'])(
    'refuses %s where it stands, and hands on nothing that counts',
    async (text) => {
      const { bound, input, person } = field('5');
      await person.clear(input);
      await person.type(input, text);
      expect(bound.value).toBe(`?${text}`);
      expect(screen.queryByText(/Not a number/)).toBeNull(); // still at it
      await person.tab();
      expect(screen.getByText(`Not a number: “${text}”. Write it like 1,234.5.`)).toBeVisible();
      expect(input).toHaveValue(text);
      expect(input).toBeInvalid();
      expect(input).toHaveAccessibleDescription(/Not a number/);
      await person.clear(input);
      await person.type(input, '7');
      expect(screen.queryByText(/Not a number/)).toBeNull();
      expect(bound.value).toBe('7');
    },
  );

  test('refuses at Enter too, before the form is sent', async () => {
    const { bound, input, person } = field('');
    await person.type(input, '12.{Enter}');
    expect(bound.value).toBe('?12.');
    expect(screen.getByText(/Not a number/)).toBeVisible();
  });

  test('says that the amount is of another currency', async () => {
    const { input, person } = field('', { unit: 'CHF' });
    await person.type(input, '5 EUR');
    await person.tab();
    expect(screen.getByText('Amounts are in CHF here.')).toBeVisible();
  });

  test('names both readings of what has two', async () => {
    language.current = 'fr';
    const { input, person } = field('');
    await person.type(input, '1.475');
    await person.tab();
    expect(input).toHaveAccessibleDescription(/1\u202f475.*1,475|1,475.*1\u202f475/);
  });

  test('shows a value that comes from elsewhere', async () => {
    const { page, input, person } = field('5');
    await person.type(input, '0');
    await page.rerender({ value: '1234' });
    expect(input).toHaveValue('1,234');
  });

  test('steps through whole numbers only', async () => {
    const { bound, input } = field('1000');
    await fireEvent.keyDown(input, { key: 'ArrowUp' });
    expect([bound.value, input.value]).toEqual(['1001', '1,001']);
  });
});
