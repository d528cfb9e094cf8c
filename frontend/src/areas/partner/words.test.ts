import { expect, test } from 'vitest';
import { language } from '$lib/i18n';
import { answer, chf, desk } from './sample';
import { calculation, productName, ruleText, rulesOf, stepFigure, period } from '$lib/pricing/words';
import { figures, reached } from './words';
import type { Step } from './api';

const step = (formula: string, operands: string[], exact = '0.00', rounded = '1.00'): Step => ({
  kind: 'public',
  rule: 'L1',
  formula,
  operands,
  factor: '',
  exact,
  rounded: chf(rounded),
});

test('a calculation is written as one would by hand, with the separators of the language', () => {
  expect(calculation(step('product', ['35', '9.92']))).toBe('35 × 9.92');
  expect(calculation(step('less', ['347.20', '0.20']))).toBe('347.20 × (1 − 0.20)');
  expect(calculation(step('difference', ['260.40', '208.32']))).toBe('260.40 − 208.32');
  expect(calculation(step('sum', ['1', '2']))).toBe('1 + 2');
  expect(calculation(step('shares', ['79.36', '4', '1.00', '5', '0.95', '1', '0.90', '10']))).toBe(
    '79.36 × (4 × 1.00 + 5 × 0.95 + 1 × 0.90) ÷ 10',
  );
  language.current = 'it';
  expect(calculation(step('less', ['1347.20', '0.20']))).toBe('1.347,20 × (1 − 0,20)');
});

test('a cashback names the rounding that it rests on', () => {
  const cashback = { ...step('difference', ['260.40', '208.32']), kind: 'cashback', rule: 'C1' };
  expect(rulesOf(cashback)).toEqual(['C1', 'R2']);
  expect(ruleText('R2')).not.toBe('R2');
  expect(rulesOf({ ...cashback, kind: 'partner', rule: 'D1' })).toEqual(['D1']);
});

test('a rounding shows what it added', () => {
  expect(stepFigure(step('rounding', [], '0.0028'))).toBe('+ 0.0028');
  expect(stepFigure(step('rounding', [], '-0.0025'))).toBe('−0.0025');
  expect(stepFigure(step('less', [], '7.936', '7.94'))).toBe('7.94');
});

test('the period is named', () => {
  expect([1, 3, 12, 24].map((months) => period({ months }))).toEqual([
    'per month',
    'for 3 months',
    'per year',
    'for 2 years',
  ]);
});

test('the step that a quantity reaches', () => {
  const tiers = desk().schedule.tiers;
  expect(reached(tiers, '4')).toBeUndefined();
  expect(reached(tiers, '5')?.percent).toBe('5');
  expect(reached(tiers, '29')?.percent).toBe('20');
  expect(reached(tiers, '1000000')?.percent).toBe('25');
});

test('a product of one’s own keeps its name in every language', () => {
  expect(productName({ product: 'web_hosting', name: '' })).toBe('Web hosting');
  expect(productName({ product: '', name: 'Mail' })).toBe('Mail');
  language.current = 'es';
  expect(productName({ product: 'web_hosting', name: '' })).toBe('Alojamiento web');
});

test('the copied figures say what they are for, and none of the wrong ones', () => {
  const book = desk().books[0]!;
  const text = figures(answer(), { months: 1 } as never, book.lines[0]);
  expect(text.replaceAll('\u00a0', ' ').split('\n')).toEqual([
    '35 × Web hosting, per month, excl. VAT',
    'Public price: 35 × 9.92 = CHF 347.20 (L1)',
    'Partner discount: 347.20 × (1 − 0.20) = CHF 277.76 (D1)',
    'Degressive rate: 277.76 × (1 − 0.25) = CHF 208.32 (A1)',
    'Total reduction: − 40 %',
    'Discount: 260.40 − 208.32 = CHF 52.08',
  ]);
  expect(text).not.toMatch(/208.60|208.25|190.96/);
  expect(figures(answer({ gain: chf(''), reduction: '' }), { months: 1 } as never, undefined)).toContain(
    'Not covered by the rules',
  );
});
