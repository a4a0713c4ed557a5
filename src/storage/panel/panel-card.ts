import type { CardPaymentOrigin, CardPaymentStatus } from '../../domain/payments/card-payments.js';
import type { PanelPaymentFacts } from '../../domain/payments/panel-payments.js';
import type { Queries } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { ownedBy } from '../system/tenancy.js';
import type { PanelSort } from './panel-lists.js';

/** What a client panel shows of the client's card and of its payments: never what names the card at the gateway. */

export interface PanelCardRow {
  /** null: there is no card, as with the rest of it */
  readonly brand: string | null;
  readonly last4: string | null;
  /** the last month in which it is valid, `2028-04` */
  readonly expires: string | null;
  readonly registeredAt: Date | null;
  readonly isAutomatic: boolean;
  readonly isFrozen: boolean;
}

export async function readPanelCard(q: Queries, clientId: string): Promise<PanelCardRow | null> {
  const [row] = await q<PanelCardRow[]>`
    select a.brand, a.last4, a.expires, a.registered_at as "registeredAt", c.auto_payment as "isAutomatic",
      a.frozen_at is not null as "isFrozen"
    from clients c left join auto_payments a on a.client_id = c.id
    where ${ownedBy(q, q`c.id`, clientId)} and c.id = ${clientId}`;
  return row ?? null;
}

/** Whether a payment gateway serves the client of the panel user who asks. Of the gateway itself it sees nothing. */
export async function hasPanelGateway(q: Queries): Promise<boolean> {
  const [row] = await q<{ found: boolean }[]>`select scope_client_has_gateway() as found`;
  return row?.found ?? false;
}

export interface PanelCardPaymentRow extends PanelPaymentFacts {
  readonly id: string;
  readonly at: Date;
  readonly origin: CardPaymentOrigin;
  readonly status: CardPaymentStatus;
  /** null: not known before it is charged */
  readonly amount: string | null;
  readonly currency: string;
  readonly last4: string | null;
  readonly declineMessage: string | null;
  readonly endedAt: Date | null;
}

export function panelCardPayments(q: Queries, clientId: string): ListQuery<PanelCardPaymentRow, PanelSort> {
  const wanted = ownedBy(q, q`cp.client_id`, clientId);
  return {
    columns: {
      id: { expression: q`cp.id`, type: 'bigint' },
      at: { expression: q`cp.decided_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position from card_payments cp
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from card_payments cp where ${wanted}`,
  };
}

export async function findPanelCardPayment(
  q: Queries,
  clientId: string,
  id: string,
): Promise<PanelCardPaymentRow | null> {
  const [row] = await q<PanelCardPaymentRow[]>`
    select ${columns(q)} from card_payments cp where cp.id = ${id} and ${ownedBy(q, q`cp.client_id`, clientId)}`;
  return row ?? null;
}

function columns(q: Queries): ReturnType<Queries> {
  return q`cp.id, cp.decided_at as at, cp.origin, cp.status, cp.amount, cp.currency, cp.card_last4 as last4,
    cp.decline_message as "declineMessage", cp.decline_hard as "declineHard", cp.look_up_at as "lookUpAt",
    cp.ended_at as "endedAt"`;
}

/** What counts toward the limits of a client's panel, since an instant. */
export interface PanelTries {
  readonly tries: number;
  readonly firstAt: Date | null;
}

/** @param exceptRequestId the same request, repeated, is no other try */
export async function countPanelPayments(
  q: Queries,
  clientId: string,
  since: Date,
  exceptRequestId: string,
): Promise<PanelTries> {
  const [row] = await q<PanelTries[]>`
    select count(*)::int as tries, min(decided_at) as "firstAt" from card_payments
    where client_id = ${clientId} and origin = 'by_hand' and requested_by = ${`client:${clientId}`}
      and decided_at > ${since} and request_id <> ${exceptRequestId}`;
  return row ?? { tries: 0, firstAt: null };
}

/** Forms of a card that were opened for the client, also by staff. */
export async function countPanelRegistrations(q: Queries, clientId: string, since: Date): Promise<PanelTries> {
  const [row] = await q<PanelTries[]>`
    select count(*)::int as tries, min(created_at) as "firstAt" from card_registrations
    where client_id = ${clientId} and created_at > ${since}`;
  return row ?? { tries: 0, firstAt: null };
}
