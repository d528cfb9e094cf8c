/** The arithmetic of the strip of weeks. */
import type { Stretch } from '$lib/ui/SpanStrip.svelte';
import type { Week } from './api';

/** How many marks stand above each other; what is more is said as a number. */
export const TALLEST = 4;

export interface Mark {
  kind: 'paid' | 'unpaid' | 'unclear' | 'nothing';
  /** Above 0: so many more are not drawn. */
  more: number;
}

const KINDS = ['unpaid', 'paid', 'unclear', 'nothing'] as const;

/** The marks of a week from the axis up, what nothing pays first: it must be seen. */
export function marks(week: Week): Mark[] {
  const all = KINDS.flatMap((kind) =>
    Array.from({ length: Math.min(week[kind], TALLEST + 1) }, () => ({ kind, more: 0 })),
  );
  const count = week.paid + week.unpaid + week.unclear + week.nothing;
  if (count <= TALLEST) return all;
  return [...all.slice(0, TALLEST - 1), { kind: 'unclear', more: count - TALLEST + 1 }];
}

/** Which weeks a span of days covers; undefined for no span. */
export function selection(weeks: readonly Week[], from: string, until: string): Stretch | undefined {
  if (weeks.length === 0 || (from === '' && until === '')) return undefined;
  const last = weeks.length - 1;
  const week = (day: string) => Math.floor((Date.parse(day) - Date.parse(weeks[0]!.from)) / 604_800_000);
  return {
    from: from ? Math.max(0, Math.min(last, week(from))) : 0,
    to: until ? Math.max(0, Math.min(last, week(until))) : last,
  };
}

/** Where months begin, with their names where there is room; January with its year. */
export function monthStarts(weeks: readonly Week[], step: number, locale: string): { x: number; label: string }[] {
  const begin = weeks[0];
  if (!begin) return [];
  const start = Date.parse(begin.from);
  const end = start + weeks.length * 604_800_000;
  const list: { x: number; label: string }[] = [];
  let at = new Date(begin.from);
  at = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
  let free = -Infinity;
  for (; at.getTime() < end; at = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1))) {
    const x = ((at.getTime() - start) / 604_800_000) * step;
    const january = at.getUTCMonth() === 0;
    const label = new Intl.DateTimeFormat(locale, {
      month: 'short',
      year: january ? 'numeric' : undefined,
      timeZone: 'UTC',
    }).format(at);
    const fits = x >= free && x + 60 < weeks.length * step;
    list.push({ x, label: fits ? label : '' });
    if (fits) free = x + (january ? 76 : 44);
  }
  return list;
}
