/** The kinds of entries, with the balances that they move and the sign that they must have; 0: either. */
export const kindSpecs = {
  payment: { live: true, fixed: true, sign: 1 },
  charge: { live: true, fixed: false, sign: -1 },
  adjustment: { live: true, fixed: false, sign: 0 },
  transfer_out: { live: true, fixed: false, sign: -1 },
  transfer_in: { live: true, fixed: false, sign: 1 },
  // Below zero when issued, above it when voided, or where the total is below zero.
  invoice: { live: false, fixed: true, sign: 0 },
  tax: { live: true, fixed: false, sign: 0 },
  credit_note: { live: true, fixed: true, sign: 1 },
  refund: { live: true, fixed: true, sign: -1 },
  reversal: { live: true, fixed: true, sign: -1 },
} as const satisfies Readonly<Record<string, { live: boolean; fixed: boolean; sign: -1 | 0 | 1 }>>;

export type EntryKind = keyof typeof kindSpecs;
/** Kinds that a caller records one by one. */
export type SingleEntryKind = Extract<EntryKind, 'payment' | 'charge' | 'adjustment'>;
export const entryKinds = Object.keys(kindSpecs) as [EntryKind, ...EntryKind[]];

/** The kinds that move a balance. */
export function kindsOf(balance: 'live' | 'fixed'): readonly EntryKind[] {
  return entryKinds.filter((kind) => kindSpecs[kind][balance]);
}
