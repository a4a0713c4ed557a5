/** What a look-up by an external id found, such as the id that a payment system gave: ids are one within a reseller. */
type Nearest<T> =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly row: T }
  /** several fit equally well: to take one would be a guess */
  | { readonly kind: 'several'; readonly count: number };

/** Looks in the reseller's own rows first, then in those of its sub-resellers. */
export function nearest<T extends { readonly isOwn: boolean }>(rows: readonly T[]): Nearest<T> {
  const own = rows.filter(({ isOwn }) => isOwn);
  const candidates = own.length > 0 ? own : rows;
  const [row] = candidates;
  if (!row) return { kind: 'none' };
  return candidates.length === 1 ? { kind: 'one', row } : { kind: 'several', count: candidates.length };
}
