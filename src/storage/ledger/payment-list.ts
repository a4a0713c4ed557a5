import type { Fragment } from 'postgres';
import type { EntryRow } from '../../domain/ledger/entry.js';
import { actorName } from '../access/actor-name.js';
import { withWildcards } from '../clients/text-match.js';
import type { Queries } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { subtree, visibleClients } from '../system/tenancy.js';
import { entryColumns } from './insert-entries.js';

/** A payment as lists of several clients show it. */
export interface PaymentRow extends EntryRow {
  readonly clientName: string;
  /** the client's now */
  readonly ownerId: string;
  readonly ownerName: string;
  /** null: not a user or key, or not for the caller to see */
  readonly sourceName: string | null;
}

export interface PaymentFilter {
  /** the beginning of the id, without case; `*` is any text */
  readonly q: string | null;
  readonly clientId: string | null;
  /** of the client, with sub-resellers */
  readonly resellerId: string | null;
  /** an actor, or `user`, `key`, `webhook` for all of these */
  readonly source: string | null;
  readonly currency: string | null;
  /** decimal strings, both inclusive */
  readonly amountFrom: string | null;
  readonly amountTo: string | null;
  /** by when it occurred, `from <= t < to` */
  readonly from: Date | null;
  readonly to: Date | null;
}

export const paymentSorts = ['at', 'recordedAt', 'amount', 'clientName'] as const;
type PaymentSort = (typeof paymentSorts)[number];

export function paymentList(q: Queries, resellerId: string, filter: PaymentFilter): ListQuery<PaymentRow, PaymentSort> {
  const wanted = conditions(q, resellerId, filter);
  return {
    columns: {
      id: { expression: q`e.id`, type: 'bigint' },
      at: { expression: q`e.occurred_at`, type: 'timestamptz' },
      recordedAt: { expression: q`e.recorded_at`, type: 'timestamptz' },
      amount: { expression: q`e.amount`, type: 'numeric' },
      clientName: { expression: q`lower(c.name)`, type: 'text' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q, resellerId)}, ${position} as position from ${tables(q)}
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${tables(q)} where ${wanted}`,
  };
}

/** One payment with its context; null where the reseller does not see it. */
export async function readPaymentRow(q: Queries, resellerId: string, entryId: string): Promise<PaymentRow | null> {
  const [row] = await q<PaymentRow[]>`
    select ${columns(q, resellerId)} from ${tables(q)}
    where e.kind = 'payment' and e.id = ${entryId} and ${visibleClients(q, resellerId)}`;
  return row ?? null;
}

interface PaymentTotal {
  readonly currency: string;
  readonly payments: number;
  readonly amount: string;
}

/** What the payments that match add up to, in each currency. */
export async function sumPayments(q: Queries, resellerId: string, filter: PaymentFilter): Promise<PaymentTotal[]> {
  return q<PaymentTotal[]>`
    select e.currency, count(*)::int as payments, sum(e.amount)::numeric(24, 6)::text as amount from ${tables(q)}
    where ${conditions(q, resellerId, filter)} group by 1 order by 2 desc, 1`;
}

interface PaymentSource {
  readonly source: string;
  readonly name: string | null;
  readonly payments: number;
}

/** Who recorded the payments that the other filters leave: the `limit` that recorded most. */
export async function countPaymentSources(
  q: Queries,
  resellerId: string,
  filter: PaymentFilter,
  limit: number,
): Promise<PaymentSource[]> {
  return q<PaymentSource[]>`
    select s.source, ${actorName(q, q`s.source`, resellerId)} as name, s.payments from (
      select e.source, count(*)::int as payments from ${tables(q)}
      where ${conditions(q, resellerId, { ...filter, source: null })} group by 1 order by 2 desc, 1 limit ${limit}) s`;
}

function conditions(q: Queries, resellerId: string, filter: PaymentFilter): Fragment {
  const parts: Fragment[] = [q`e.kind = 'payment' and ${visibleClients(q, resellerId)}`];
  if (filter.q !== null) parts.push(q`lower(e.external_id) like ${`${withWildcards(filter.q)}%`}`);
  if (filter.clientId !== null) parts.push(q`e.client_id = ${filter.clientId}`);
  if (filter.resellerId !== null) parts.push(q`c.reseller_id in (${subtree(q, filter.resellerId)})`);
  if (filter.source !== null) parts.push(q`${filter.source} in (e.source, split_part(e.source, ':', 1))`);
  if (filter.currency !== null) parts.push(q`e.currency = ${filter.currency}`);
  if (filter.amountFrom !== null) parts.push(q`e.amount >= ${filter.amountFrom}`);
  if (filter.amountTo !== null) parts.push(q`e.amount <= ${filter.amountTo}`);
  if (filter.from !== null) parts.push(q`e.occurred_at >= ${filter.from}`);
  if (filter.to !== null) parts.push(q`e.occurred_at < ${filter.to}`);
  return parts.reduce((all, part) => q`${all} and ${part}`);
}

function tables(q: Queries): Fragment {
  return q`ledger_entries e join clients c on c.id = e.client_id join resellers r on r.id = c.reseller_id`;
}

function columns(q: Queries, resellerId: string): Fragment {
  return q`${entryColumns(q)}, c.name as "clientName", r.id as "ownerId", r.name as "ownerName",
    ${actorName(q, q`e.source`, resellerId)} as "sourceName"`;
}
