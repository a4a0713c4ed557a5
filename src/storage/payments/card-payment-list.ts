import type { Fragment } from 'postgres';
import type { CardPaymentOrigin, CardPaymentStatus } from '../../domain/payments/card-payments.js';
import { actorName } from '../access/actor-name.js';
import type { Queries } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { visibleClients } from '../system/tenancy.js';
import { cardPaymentColumns, type CardPaymentRow } from './card-payments.js';

/** A card payment as lists show it. */
export interface ListedCardPayment extends CardPaymentRow {
  readonly clientName: string;
  readonly requestedByName: string | null;
  /** of its entry in the ledger, which is the payment's id; null: none */
  readonly paymentId: string | null;
}

export interface CardPaymentFilter {
  readonly clientId: string | null;
  readonly status: CardPaymentStatus | null;
  readonly origin: CardPaymentOrigin | null;
  /** by when it was decided, `from <= t < to` */
  readonly from: Date | null;
  readonly to: Date | null;
}

export function cardPaymentList(
  q: Queries,
  resellerId: string,
  filter: CardPaymentFilter,
): ListQuery<ListedCardPayment, 'id'> {
  const where = q`${visibleClients(q, resellerId)}
    and (${filter.clientId}::bigint is null or cp.client_id = ${filter.clientId})
    and (${filter.status}::text is null or cp.status = ${filter.status})
    and (${filter.origin}::text is null or cp.origin = ${filter.origin})
    and (${filter.from}::timestamptz is null or cp.decided_at >= ${filter.from})
    and (${filter.to}::timestamptz is null or cp.decided_at < ${filter.to})`;
  return {
    columns: { id: { expression: q`cp.id`, type: 'bigint' } },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q, resellerId)}, ${position} as position from ${tables(q)}
      where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${tables(q)} where ${where}`,
  };
}

/** Null where the reseller does not see it. */
export async function findListedCardPayment(
  q: Queries,
  resellerId: string,
  id: string,
): Promise<ListedCardPayment | null> {
  const [row] = await q<ListedCardPayment[]>`
    select ${columns(q, resellerId)} from ${tables(q)} where cp.id = ${id} and ${visibleClients(q, resellerId)}`;
  return row ?? null;
}

function tables(q: Queries): Fragment {
  return q`card_payments cp join clients c on c.id = cp.client_id left join ledger_entries e on e.id = cp.entry_id`;
}

function columns(q: Queries, resellerId: string): Fragment {
  return q`${cardPaymentColumns(q)}, c.name as "clientName", e.external_id as "paymentId",
    ${actorName(q, q`cp.requested_by`, resellerId)} as "requestedByName"`;
}
