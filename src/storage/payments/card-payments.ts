import type { CardPaymentNotice } from '../../contract/card-payments.js';
import {
  inFlightStatuses,
  manualPaymentKey,
  type CardPaymentOrigin,
  type CardPaymentReason,
  type CardPaymentStatus,
} from '../../domain/payments/card-payments.js';
import type { Decline } from '../../domain/payments/gateway.js';
import type { Queries, Transaction } from '../system/database.js';
import { wakeCardPayments } from './card-payment-queue.js';

/** A charge of a client's card. Amounts as PostgreSQL writes them. */
export interface CardPaymentRow {
  readonly id: string;
  readonly clientId: string;
  readonly gatewayId: string | null;
  readonly origin: CardPaymentOrigin;
  readonly key: string;
  readonly status: CardPaymentStatus;
  readonly reason: CardPaymentReason | null;
  readonly failure: string | null;
  readonly requestedBy: string;
  readonly episode: string | null;
  readonly number: number | null;
  /** in the client's currency; null: not known before it is charged */
  readonly amount: string | null;
  readonly currency: string;
  readonly threshold: string | null;
  readonly available: string | null;
  /** in the gateway's currency; null: the gateway was not asked */
  readonly chargedAmount: string | null;
  readonly chargedCurrency: string | null;
  readonly rate: string | null;
  readonly customerProfileId: string | null;
  readonly paymentProfileId: string | null;
  readonly cardLast4: string | null;
  readonly transactionId: string | null;
  readonly declineCode: string | null;
  readonly declineMessage: string | null;
  readonly declineHard: boolean | null;
  readonly decidedAt: Date;
  readonly notBefore: Date;
  readonly sends: number;
  readonly sentAt: Date | null;
  readonly misses: number;
  readonly lookUpAt: Date | null;
  readonly endedAt: Date | null;
  readonly entryId: string | null;
  readonly heldReported: boolean;
  /** the email about it that is not sent yet; null: none */
  readonly notice: CardPaymentNotice | null;
}

export function cardPaymentColumns(q: Queries): ReturnType<Queries> {
  return q`cp.id, cp.client_id as "clientId", cp.gateway_id as "gatewayId", cp.origin, cp.key, cp.status, cp.reason, cp.failure,
    cp.requested_by as "requestedBy", cp.episode, cp.number, cp.amount, cp.currency, cp.threshold, cp.available,
    cp.charged_amount as "chargedAmount", cp.charged_currency as "chargedCurrency", cp.rate::text as rate,
    cp.customer_profile_id as "customerProfileId", cp.payment_profile_id as "paymentProfileId",
    cp.card_last4 as "cardLast4", cp.transaction_id as "transactionId", cp.decline_code as "declineCode",
    cp.decline_message as "declineMessage", cp.decline_hard as "declineHard", cp.decided_at as "decidedAt",
    cp.not_before as "notBefore", cp.sends, cp.sent_at as "sentAt", cp.misses, cp.look_up_at as "lookUpAt",
    cp.ended_at as "endedAt", cp.entry_id as "entryId", cp.held_reported as "heldReported", cp.notice`;
}

interface NewCardPayment {
  readonly clientId: string;
  readonly currency: string;
  readonly requestedBy: string;
  readonly decidedAt: Date;
  readonly notBefore: Date;
}

/** Writes a payment that was asked for; null: another one of this origin is not over. */
export async function insertManualPayment(
  tx: Transaction,
  payment: NewCardPayment & { readonly amount: string; readonly requestId: string },
): Promise<CardPaymentRow | null> {
  const { clientId, currency, requestedBy, decidedAt, notBefore, amount, requestId } = payment;
  const [inserted] = await tx<{ id: string }[]>`
    insert into card_payments
      (client_id, origin, key, request_id, requested_by, amount, currency, decided_at, not_before)
    values (${clientId}, 'by_hand', gen_random_uuid()::text, ${requestId}, ${requestedBy}, ${amount}, ${currency},
      ${decidedAt}, ${notBefore})
    on conflict do nothing returning id`;
  if (!inserted) return null;
  const [row] = await tx<CardPaymentRow[]>`
    update card_payments cp set key = ${manualPaymentKey(clientId, inserted.id)} where cp.id = ${inserted.id}
    returning ${cardPaymentColumns(tx)}`;
  if (row) await wakeCardPayments(tx);
  return row ?? null;
}

/** Writes an automatic payment with its key; null: it is there, or another one is not over. */
export async function insertAutoPayment(
  tx: Transaction,
  payment: NewCardPayment & {
    readonly key: string;
    readonly episode: number;
    readonly number: number;
    /** the number of the monitor's decision within the episode; null: another attempt after a decline */
    readonly decision: number | null;
    readonly threshold: string | null;
    readonly available: string | null;
  },
): Promise<CardPaymentRow | null> {
  const { clientId, currency, requestedBy, decidedAt, notBefore, key, episode, number, decision } = payment;
  const [row] = await tx<CardPaymentRow[]>`
    insert into card_payments as cp
      (client_id, origin, key, episode, number, decision, requested_by, currency, threshold, available, decided_at, not_before)
    values (${clientId}, 'auto', ${key}, ${episode}, ${number}, ${decision}, ${requestedBy}, ${currency}, ${payment.threshold},
      ${payment.available}, ${decidedAt}, ${notBefore})
    on conflict do nothing returning ${cardPaymentColumns(tx)}`;
  if (row) await wakeCardPayments(tx);
  return row ?? null;
}

/** The number of the next automatic payment of an episode. */
export async function nextPaymentNumber(q: Queries, clientId: string, episode: number): Promise<number> {
  const [row] = await q<{ number: number }[]>`
    select coalesce(max(number), 0) + 1 as number from card_payments
    where client_id = ${clientId} and origin = 'auto' and episode = ${episode}`;
  return row?.number ?? 1;
}

export async function readCardPayment(q: Queries, id: string): Promise<CardPaymentRow | null> {
  const [row] = await q<CardPaymentRow[]>`select ${cardPaymentColumns(q)} from card_payments cp where cp.id = ${id}`;
  return row ?? null;
}

/** Lock the payer before: `lockPayer`. */
export async function lockCardPayment(tx: Transaction, id: string): Promise<CardPaymentRow | null> {
  const [row] = await tx<CardPaymentRow[]>`
    select ${cardPaymentColumns(tx)} from card_payments cp where cp.id = ${id} for update`;
  return row ?? null;
}

export async function findPaymentByRequest(
  q: Queries,
  clientId: string,
  requestId: string,
): Promise<CardPaymentRow | null> {
  const [row] = await q<CardPaymentRow[]>`
    select ${cardPaymentColumns(q)} from card_payments cp where cp.client_id = ${clientId} and cp.request_id = ${requestId}`;
  return row ?? null;
}

/** The payment that a transaction of a gateway belongs to: by its key, else by its id; null: none. */
export async function findPaymentOfTransaction(
  q: Queries,
  gatewayId: string,
  { key, id }: { readonly key: string | null; readonly id: string },
): Promise<CardPaymentRow | null> {
  const [row] = await q<CardPaymentRow[]>`
    select ${cardPaymentColumns(q)} from card_payments cp
    where cp.gateway_id = ${gatewayId} and (cp.key = ${key} or cp.transaction_id = ${id})
    order by (cp.transaction_id = ${id}) desc nulls last, cp.id desc limit 1`;
  return row ?? null;
}

const openStatuses: readonly CardPaymentStatus[] = ['waiting', ...inFlightStatuses];

/** The payment of a client that is not over; null: none. `exceptId` is not counted. */
export async function findOpenPayment(
  q: Queries,
  clientId: string,
  wanted: {
    readonly origin?: CardPaymentOrigin;
    readonly statuses?: readonly CardPaymentStatus[];
    readonly exceptId?: string;
  } = {},
): Promise<CardPaymentRow | null> {
  const { origin = null, exceptId = '0', statuses = openStatuses } = wanted;
  const [row] = await q<CardPaymentRow[]>`
    select ${cardPaymentColumns(q)} from card_payments cp
    where cp.client_id = ${clientId} and cp.status = any (${[...statuses]}::text[]) and cp.id <> ${exceptId}
      and (${origin}::text is null or cp.origin = ${origin})
    order by cp.id limit 1`;
  return row ?? null;
}

export interface PreparedCharge {
  readonly gatewayId: string;
  readonly amount: string;
  readonly chargedAmount: string;
  readonly chargedCurrency: string;
  readonly rate: string;
  readonly customerProfileId: string;
  readonly paymentProfileId: string;
  readonly cardLast4: string;
  readonly at: Date;
}

/** Everything of the charge is fixed before the gateway is asked. */
export async function markCharging(tx: Transaction, id: string, charge: PreparedCharge): Promise<void> {
  await tx`
    update card_payments set status = 'charging', reason = null, failure = null, gateway_id = ${charge.gatewayId},
      amount = ${charge.amount}, charged_amount = ${charge.chargedAmount}, charged_currency = ${charge.chargedCurrency},
      rate = ${charge.rate}, customer_profile_id = ${charge.customerProfileId},
      payment_profile_id = ${charge.paymentProfileId}, card_last4 = ${charge.cardLast4}, sends = 1, sent_at = ${charge.at},
      misses = 0, look_up_at = null
    where id = ${id}`;
}

/** The same charge is sent once more under its key. */
export async function markSentAgain(tx: Transaction, id: string): Promise<void> {
  await tx`update card_payments set sends = sends + 1, misses = 0, look_up_at = null where id = ${id}`;
}

export async function postpone(
  tx: Transaction,
  id: string,
  until: Date,
  reason: CardPaymentReason | null,
): Promise<void> {
  await tx`update card_payments set not_before = ${until}, reason = ${reason} where id = ${id}`;
}

/** The answer of a charge was lost, or leaves it open. */
export async function scheduleLookUp(
  tx: Transaction,
  id: string,
  { at, misses, failure }: { readonly at: Date; readonly misses: number; readonly failure: string | null },
): Promise<void> {
  await tx`
    update card_payments set look_up_at = ${at}, misses = ${misses}, failure = coalesce(${failure}, failure)
    where id = ${id}`;
}

interface Ended {
  readonly status: 'approved' | 'declined' | 'held' | 'unknown' | 'cancelled';
  readonly at: Date;
  readonly reason?: CardPaymentReason;
  readonly failure?: string;
  readonly transactionId?: string | null;
  readonly decline?: Decline | null;
  readonly entryId?: string | null;
  readonly lookUpAt?: Date | null;
}

/** Writes its outcome; with `held` it is not over. */
export async function markOutcome(tx: Transaction, id: string, ended: Ended): Promise<CardPaymentRow> {
  const { status, at, reason = null, failure = null, transactionId = null, decline = null, entryId = null } = ended;
  const [row] = await tx<CardPaymentRow[]>`
    update card_payments as cp set status = ${status}, reason = ${reason}, failure = ${failure},
      transaction_id = coalesce(${transactionId}, cp.transaction_id), decline_code = ${decline?.code.slice(0, 100) ?? null},
      decline_message = ${decline?.message.slice(0, 500) ?? null}, decline_hard = ${decline?.isHard ?? null},
      entry_id = coalesce(${entryId}::bigint, cp.entry_id), misses = 0, look_up_at = ${ended.lookUpAt ?? null},
      ended_at = ${status === 'held' ? null : at}
    where cp.id = ${id} returning ${cardPaymentColumns(tx)}`;
  if (!row) throw new TypeError('a locked row is there');
  return row;
}

/** The payment's workflow sends the email; it is started again where it has ended. */
export async function setNotice(tx: Transaction, id: string, notice: CardPaymentNotice): Promise<void> {
  await tx`update card_payments set notice = ${notice}, woken_at = null where id = ${id}`;
  await wakeCardPayments(tx);
}

export async function clearNotice(q: Queries, id: string, notice: CardPaymentNotice): Promise<void> {
  await q`update card_payments set notice = null where id = ${id} and notice = ${notice}`;
}

export async function markHeldReported(tx: Transaction, id: string): Promise<void> {
  await tx`update card_payments set held_reported = true where id = ${id}`;
}

/** Automatic charges of a day, and what those of a calendar month in a time zone add up to, in the client's currency. */
export async function readChargesOf(
  q: Queries,
  clientId: string,
  { at, timezone, exceptId }: { readonly at: Date; readonly timezone: string; readonly exceptId: string },
): Promise<{ readonly sentTimes: readonly Date[]; readonly amountThisMonth: string; readonly nextMonthAt: Date }> {
  const [row] = await q<{ sentTimes: Date[] | null; amountThisMonth: string; nextMonthAt: Date }[]>`
    with month as (
      select date_trunc('month', ${at}::timestamptz at time zone ${timezone}) at time zone ${timezone} as first_at,
        (date_trunc('month', ${at}::timestamptz at time zone ${timezone}) + interval '1 month') at time zone ${timezone} as next_at)
    select array_agg(cp.sent_at order by cp.sent_at) filter (where cp.sent_at > ${at}::timestamptz - interval '1 day') as "sentTimes",
      coalesce(sum(cp.amount) filter (
        where cp.sent_at >= month.first_at and cp.status in ('approved', 'held', 'charging', 'unknown')), 0) as "amountThisMonth",
      month.next_at as "nextMonthAt"
    from month left join card_payments cp on cp.client_id = ${clientId} and cp.origin = 'auto' and cp.id <> ${exceptId}
      and cp.sent_at > ${at}::timestamptz - interval '32 days'
    group by month.first_at, month.next_at`;
  if (!row) throw new TypeError('an aggregate has a row');
  return { ...row, sentTimes: row.sentTimes ?? [] };
}
