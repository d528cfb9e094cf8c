/** Sorting for tables: what is sorted by, and the rows in that order. */
import { tag } from '$lib/format';

export interface Sort {
  by: string;
  descending: boolean;
}

type Key = string | number | bigint;

/**
 * The rows in order; equal ones keep theirs. Words sort as the language does, with numbers in them by size. Amounts are
 * decimal text: give minor units as bigint (see minor).
 */
export function sorted<Row>(
  rows: readonly Row[],
  sort: Sort | undefined,
  keys: Record<string, (row: Row) => Key>,
): Row[] {
  const key = sort && keys[sort.by];
  if (!sort || !key) return [...rows];
  const collator = new Intl.Collator(tag(), { numeric: true, sensitivity: 'base' });
  const order = (a: Key, b: Key) =>
    typeof a === 'string' && typeof b === 'string' ? collator.compare(a, b) : a < b ? -1 : a > b ? 1 : 0;
  return rows
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => (sort.descending ? order(b.key, a.key) : order(a.key, b.key)))
    .map(({ row }) => row);
}

/** Decimal text with up to `digits` places as a whole number, exact for any size: minor("-12.5", 2) is -1250n. */
export function minor(decimal: string, digits = 2): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (!match) return 0n;
  const [, sign, whole = '0', fraction = ''] = match;
  const value = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return sign ? -value : value;
}
