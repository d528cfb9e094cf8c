/** How a waiting line is drawn and filtered. */
import { areas } from '$lib/areas';
import type { Waiting as Line } from '$lib/backend/home';
import { written } from '$lib/format';
import { word } from '$lib/i18n';
import type { IconName } from '$lib/ui/icons';

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
