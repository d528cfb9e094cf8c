/** What a client brings: tiles over its page, asked once for all tabs. */
import { date, money, type Amount, tag } from '$lib/format';
import { m } from '$lib/i18n';
import type { Figures } from './api';

interface Tile {
  label: string;
  money?: Amount;
  value?: string;
}

/** Amounts of several currencies are never added: they stand beside each other. */
export function sums(label: string, list: Amount[]): Tile {
  if (list.length === 1) return { label, money: list[0]! };
  return { label, value: list.map(money).join(' · ') || '–' };
}

/** What the programme asks for, in the currencies in which something is managed. */
export const needed = (volumes: { needed: Amount; reached: boolean }[]): string =>
  volumes.map((one) => m.client_tile_needed({ amount: money(one.needed) })).join(' · ');

export const monthName = (first: string, how: 'long' | 'short') =>
  new Date(first).toLocaleDateString(tag(), { month: how, timeZone: 'UTC' });

export function tilesOf(f: Figures, today: string): Tile[] {
  return [
    sums(m.client_tile_month({ month: monthName(`${today.slice(0, 7)}-01`, 'long') }), f.gain),
    sums(m.client_tile_year(), f.year),
    sums(m.client_tile_charged({ year: today.slice(0, 4) }), f.charged),
    { label: m.client_tile_renews(), value: f.renews ? date(f.renews) : m.client_tile_none() },
  ];
}
