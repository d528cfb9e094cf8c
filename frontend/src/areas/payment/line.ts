/** The balance line: history and forecast as two step series over days. */
import { money } from '$lib/format';
import type { Point, Series } from '$lib/ui/chart';
import type { Balance, Money } from './api';
import { kindName, shortDay } from './words';

const DAY = 86_400_000;

/** A day as a number of days, for the axis. */
export const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY);

/** The reverse of dayNumber. */
export const dayOf = (n: number): string => new Date(n * DAY).toISOString().slice(0, 10);

/** Balances are drawn as numbers and read as text. */
function point(on: string, balance: Money, what = ''): Point {
  const text = money(balance);
  what = what === 'card' || what === 'postfinance' ? kindName(what) : what; // a top-up that is only noted
  return { x: dayNumber(on), y: Number(balance.amount), text: what ? `${text} · ${what}` : text };
}

export interface Words {
  balance: string;
  forecast: string;
}

export function series(view: Balance, words: Words): Series[] {
  const past = view.history.map((p) => point(p.on, p.balance));
  past.push(point(view.today, view.balance));
  const ahead = [point(view.today, view.balance)];
  for (const p of view.forecast) {
    const next = point(p.on, p.balance, p.what);
    const last = ahead.at(-1)!;
    // Several movements on one day make one step; its text names them all.
    if (last.x === next.x && ahead.length > 1)
      ahead[ahead.length - 1] = { ...next, text: `${last.text} → ${next.text}` };
    else ahead.push(next);
  }
  const end = view.forecast.at(-1)?.balance ?? view.balance;
  if (ahead.at(-1)!.x < dayNumber(view.until)) ahead.push(point(view.until, end));
  return [
    { label: words.balance, points: past, step: true, tone: 1, area: true },
    { label: words.forecast, points: ahead, step: true, tone: 2 },
  ];
}

/** The first of each month between two days. */
export function monthStarts(from: string, until: string): number[] {
  const list: number[] = [];
  const at = new Date(`${from.slice(0, 7)}-01T00:00:00Z`);
  for (;;) {
    at.setUTCMonth(at.getUTCMonth() + 1);
    const day = at.toISOString().slice(0, 10);
    if (day > until) return list;
    list.push(dayNumber(day));
  }
}

export const axisDay = (n: number): string => shortDay(dayOf(n));
