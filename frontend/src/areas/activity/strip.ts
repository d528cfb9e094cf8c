/** The arithmetic of the strip: which days are chosen, and where nothing was recorded. */
import { tag } from '$lib/format/locale';
import type { Stretch } from '$lib/ui/SpanStrip.svelte';
import type { Day, Term } from './api';

/** Stretches of gap days, as indexes. */
export function gaps(days: readonly Day[]): Stretch[] {
  const list: Stretch[] = [];
  days.forEach((one, i) => {
    if (!one.gap) return;
    const last = list.at(-1);
    if (last && last.to === i - 1) last.to = i;
    else list.push({ from: i, to: i });
  });
  return list;
}

/** The date that a value of the query means, counted from the last day of the strip. */
function dateOf(value: string, today: string): string {
  if (/^\d{4}-/.test(value)) return value;
  const span = /^(\d+)([dwmy])$/.exec(value);
  const day = new Date(`${today}T00:00:00Z`);
  if (!span) return today;
  const n = Number(span[1]);
  if (span[2] === 'd' || span[2] === 'w') day.setUTCDate(day.getUTCDate() - n * (span[2] === 'w' ? 7 : 1));
  else {
    const months = n * (span[2] === 'y' ? 12 : 1);
    const wanted = day.getUTCDate();
    day.setUTCDate(1);
    day.setUTCMonth(day.getUTCMonth() - months);
    const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
    day.setUTCDate(Math.min(wanted, last)); // the 31st of a shorter month is its last day, as in Go
  }
  return Number.isNaN(day.getTime()) ? '0000-00-00' : day.toISOString().slice(0, 10);
}

/** The days that the dates of a query leave, or undefined where it names none. */
export function selection(days: readonly Day[], terms: readonly Term[]): Stretch | undefined {
  const today = days.at(-1)?.date;
  if (!today) return undefined;
  let since = '';
  let until = '';
  for (const term of terms) {
    if (term.not || term.problem || !['since', 'until', 'on'].includes(term.key)) continue;
    const at = dateOf(term.values[0] ?? '', today);
    if (term.key !== 'until' && at > since) since = at;
    if (term.key !== 'since' && (!until || at < until)) until = at;
  }
  if (!since && !until) return undefined;
  const from = since ? days.findIndex((one) => one.date >= since) : 0;
  const to = until ? days.findLastIndex((one) => one.date <= until) : days.length - 1;
  return from >= 0 && to >= from ? { from, to } : undefined;
}

/** "30 Oct" for 2026-10-30. */
export function isoDay(iso: string): string {
  const [y, m, d] = iso.split('-').map(Number);
  return new Intl.DateTimeFormat(tag(), { day: 'numeric', month: 'short' }).format(new Date(y!, m! - 1, d));
}
