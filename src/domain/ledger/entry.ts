import { formatMoney, moneyOf, type Micros } from '../money.js';
import { toSecond } from '../monitoring/schedule.js';
import type { EntryKind } from './entry-kinds.js';

/**
 * An entry of the ledger: as its caller gives it, as the table holds it, and as callers see it.
 */

export interface NewEntry {
  readonly clientId: string;
  readonly kind: EntryKind;
  /** the caller's id: for a payment the same id is the same payment within the client's reseller, else within client and kind */
  readonly externalId: string;
  /** millionths, signed as it acts on the balance: a payment is above 0, a charge below */
  readonly amount: Micros;
  /** must be the client's */
  readonly currency: string;
  /** ms since 1970, stored in whole seconds; absent: the moment it is recorded */
  readonly occurredAt?: number | null;
  /** who says so: `key:<id>`, `webhook:<source>`, `temporal`, `system` */
  readonly source: string;
  readonly note?: string;
  /** of a payment: the client's invoice that it settles first; absent: the oldest */
  readonly invoiceId?: string;
  /** of a refund: the payment that it is paid out of first, as its entry's id */
  readonly refundOf?: string;
  /** the account under the client that it is about; absent: the common part */
  readonly accountId?: string | null;
  /** it is a line of this transfer; `internal`: within one client, whose balance it does not move */
  readonly transfer?: { readonly id: string; readonly internal: boolean };
}

export interface PostedEntry {
  readonly id: string;
  readonly clientId: string;
  /** of a payment: whose the client was when it was recorded; null for the other kinds */
  readonly resellerId: string | null;
  readonly kind: EntryKind;
  readonly externalId: string;
  /** decimal string, signed as it acts on the balance */
  readonly amount: string;
  readonly currency: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  /** live balance after this entry, in the order of recording */
  readonly liveAfter: string;
  readonly source: string;
  readonly note: string | null;
  readonly accountId: string | null;
  readonly transferId: string | null;
  /** true: it had been posted before, and nothing was changed */
  readonly replayed: boolean;
}

/** An entry as the table holds it; `undated`: its caller gave no time. */
export interface EntryRow {
  readonly id: string;
  readonly clientId: string;
  /** of a payment: whose the client was when it was recorded; null for the other kinds */
  readonly resellerId: string | null;
  readonly kind: EntryKind;
  readonly externalId: string;
  readonly amount: string;
  readonly currency: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly undated: boolean;
  readonly liveAfter: string;
  readonly source: string;
  /** the invoice or the payment that its request named */
  readonly namesId: string | null;
  readonly note: string | null;
  readonly accountId: string | null;
  readonly transferId: string | null;
}

/** A row of the table that has the id of an entry to be recorded. */
export interface KnownEntry extends EntryRow {
  /** of a payment: the reseller within which its id is in use; null for the other kinds */
  readonly inUseWithin: string | null;
}

/** The invoice or the payment that an entry names: a repeat of its request names the same. */
export function namedId({ invoiceId, refundOf }: Pick<NewEntry, 'invoiceId' | 'refundOf'>): string | null {
  return invoiceId ?? refundOf ?? null;
}

/** An entry as it is stored: its time in whole seconds, as the monitor's clock is. */
export function cutToSecond(entry: NewEntry): NewEntry {
  const { occurredAt } = entry;
  return occurredAt === undefined || occurredAt === null ? entry : { ...entry, occurredAt: toSecond(occurredAt) };
}

export function postedEntry(row: EntryRow, replayed: boolean): PostedEntry {
  return {
    id: row.id,
    clientId: row.clientId,
    resellerId: row.resellerId,
    kind: row.kind,
    externalId: row.externalId,
    amount: formatMoney(moneyOf(row.amount)),
    currency: row.currency,
    occurredAt: row.occurredAt,
    recordedAt: row.recordedAt,
    liveAfter: formatMoney(moneyOf(row.liveAfter)),
    source: row.source,
    note: row.note,
    accountId: row.accountId,
    transferId: row.transferId,
    replayed,
  };
}
