import { percent } from '$lib/format';
import { m } from '$lib/i18n';
import { listSince, productName } from '$lib/pricing/words';
import type { Line, Renewal } from './api';

/** What a line is called: its own name, or that of its kind. */
export const lineName = (line: Line): string =>
  line.kind === 'discount' ? m.sale_discount({ rate: percent(line.name) }) : productName(line);

/** Where a price of the future is known from. */
export const knownFrom = (one: Renewal): string =>
  one.knownFrom === 'list' ? listSince(one.list, one.listFrom) : m.sale_known_quoted();

/** Where a charge is known from. */
export const origin = (known: string): string =>
  known === 'imported' ? m.sale_known_imported() : m.sale_known_typed();
