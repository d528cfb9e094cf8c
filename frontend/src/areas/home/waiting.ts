/** How a waiting line is drawn and filtered. */
import { areas } from '$lib/areas';
import { written } from '$lib/format';
import { word } from '$lib/i18n';
import type { IconName } from '$lib/ui/icons';
import type { Line } from './api';

export type When = 'all' | 'today' | 'later';

const TONES: Record<string, string> = {
  failed: 'is-danger',
  soon: 'is-danger',
  unusual: 'is-warning',
  answer: 'is-info',
  stale: 'is-warning',
};

export const tone = (line: Line): string => TONES[line.urgency] ?? 'is-info';

/** What failed carries the sign of failure, everything else that of its area. */
export function icon(line: Line): IconName {
  if (line.urgency === 'failed') return 'danger';
  return areas.find((area) => area.name === line.area)?.icon ?? 'bell';
}

/** A line leads to where it is dealt with; without that place, or without words, it would only worry. */
export const leads = (line: Line): boolean =>
  areas.some((area) => line.route.startsWith(`/${area.name}`)) && word(`home_${line.kind}`) !== undefined;

export const title = (line: Line): string => word(`home_${line.kind}`, written(line.params)) ?? line.kind;
export const detail = (line: Line): string => word(`home_${line.kind}_detail`, written(line.params)) ?? '';
export const act = (line: Line): string | undefined => word(`home_${line.kind}_act`, written(line.params));

/** Later is what is due after today; what happened or has no moment waits today. */
export function matches(line: Line, when: When, now: Date = new Date()): boolean {
  if (when === 'all') return true;
  const endOfDay = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  const later = line.at !== '' && new Date(line.at) >= endOfDay;
  return later === (when === 'later');
}
