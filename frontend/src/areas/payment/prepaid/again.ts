/** What the price list knows of an order that is repeated. */
import { m } from '$lib/i18n';
import type { PriceLine } from '../api';

const PRODUCTS: Record<string, () => string> = {
  web_hosting: m.partner_product_web_hosting,
  domain_ch: m.partner_product_domain_ch,
};

export const lineName = (line: Pick<PriceLine, 'product' | 'name'>): string =>
  line.name || PRODUCTS[line.product]?.() || line.product;

export interface Guess {
  line: string;
  quantity: string;
}

/**
 * The line that an order's title speaks of ("Mail service, 8 addresses"), and how many: the title begins with the
 * product's name, and the first number after it counts. A guess only: the person sees it and can change it.
 */
export function guess(title: string, lines: PriceLine[]): Guess | undefined {
  const text = title.trim().toLowerCase();
  const found = lines
    .filter((line) => text.startsWith(lineName(line).toLowerCase()))
    .sort((a, b) => lineName(b).length - lineName(a).length)[0];
  if (!found) return undefined;
  const many = /\d+/.exec(text.slice(lineName(found).length));
  return { line: found.id, quantity: many && Number(many[0]) > 0 ? String(Number(many[0])) : '1' };
}
