/** A form over a record that somebody else may change meanwhile: nothing typed is lost, nothing unseen overwritten. */

/** What was typed and differs from what was shown. */
export function changes<T extends object, K extends keyof T>(
  fields: readonly K[],
  shown: T,
  typed: Pick<T, K>,
): Partial<T> {
  const list: Partial<T> = {};
  for (const field of fields) if (typed[field] !== shown[field]) list[field] = typed[field];
  return list;
}

/**
 * The form over a newer state: fields that nobody touched follow it, typed ones stay. What it now says of a typed field
 * stands in `elsewhere`, where that is news.
 */
export function follow<T extends object, K extends keyof T>(
  fields: readonly K[],
  shown: T,
  typed: Pick<T, K>,
  next: T,
): { typed: Pick<T, K>; elsewhere: Partial<Pick<T, K>> } {
  const kept = { ...typed };
  const elsewhere: Partial<Pick<T, K>> = {};
  for (const field of fields) {
    if (typed[field] === shown[field]) kept[field] = next[field];
    else if (next[field] !== shown[field] && next[field] !== typed[field]) elsewhere[field] = next[field];
  }
  return { typed: kept, elsewhere };
}
