/** What the gallery shows. Invented figures, for the eye only. */
import type { Series } from '$lib/ui/chart';

export interface Device {
  device: string;
  place: string;
  amount: string;
  minor: bigint;
  state: string;
}

export const devices: Device[] = [
  { device: 'Row', place: 'Locarno', amount: '22.40', minor: 2240n, state: '' },
  { device: 'Hover', place: 'Chur', amount: '1216.00', minor: 121600n, state: 'is-hover' },
  { device: 'Selected', place: 'Lyon', amount: '-5.00', minor: -500n, state: 'is-selected' },
];

export const manyRows = Array.from({ length: 10_000 }, (_, i) => ({ id: `row-${i + 1}`, number: i + 1 }));

const steps = (label: string, values: number[]): Series => ({
  label,
  step: true,
  points: [1, 10, 20, 35, 50].map((x, i) => ({ x, y: values[i] ?? 0 })),
});

export const chartSeries: Series[] = [
  { ...steps('you', [30, 50, 80, 110, 110]), area: true },
  steps('list', [60, 90, 130, 170, 170]),
  steps('EUR', [20, 34, 52, 70, 70]),
  steps('max.', [14, 22, 30, 46, 46]),
  steps('floor', [8, 12, 18, 20, 20]),
];

export const heatRows = ['10', '20', '35'].map((label, r) => ({
  label,
  cells: ['9.92', '47.12', '158.72', '208.32'].map((text, c) => ({
    text,
    level: Math.min(7, 1 + r * 2 + c),
    here: r === 2 && c === 3,
  })),
}));

export const countries = [
  { value: 'AT', label: 'Austria' },
  { value: 'FR', label: 'France' },
  { value: 'DE', label: 'Germany' },
  { value: 'IT', label: 'Italy' },
  { value: 'ES', label: 'Spain', hint: 'EUR' },
  { value: 'CH', label: 'Switzerland', hint: 'CHF' },
];
