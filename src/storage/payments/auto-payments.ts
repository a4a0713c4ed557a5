import type { AmountMode, FreezeReason } from '../../domain/payments/card-payments.js';
import { nextCardNotice } from '../../domain/payments/card-expiry.js';
import type { RegisteredCard } from '../../domain/payments/gateway.js';
import type { BalanceModel } from '../../domain/monitoring/rules.js';
import { live } from '../ledger/live-balance.js';
import { rateAt } from '../rates/current-rate.js';
import type { Queries, Transaction } from '../system/database.js';
import { visibleClient } from '../system/tenancy.js';

/** The card of a client at its gateway. */
export interface ClientCard extends RegisteredCard {
  readonly gatewayId: string;
  readonly registeredAt: Date;
}

/** Everything that a card payment of a client depends on, as it is now. Amounts as PostgreSQL writes them. */
export interface Payer {
  readonly clientId: string;
  readonly resellerId: string;
  readonly name: string;
  readonly status: 'active' | 'stop' | 'deleted';
  readonly currency: string;
  readonly timezone: string;
  readonly balanceModel: BalanceModel;
  /** null: unknown */
  readonly live: string | null;
  readonly creditLimit: string;
  readonly temporaryCredit: string;
  readonly isOn: boolean;
  readonly extraAmount: string | null;
  readonly amountMode: AmountMode;
  readonly maxPerDay: number;
  readonly maxAmountPerMonth: string | null;
  readonly sendsReceipt: boolean;
  readonly ownThreshold: string | null;
  readonly lowBalanceThreshold: string | null;
  /** of the profile's client notification, in the profile's currency */
  readonly profileThreshold: string | null;
  readonly profileCurrency: string | null;
  /** from the client's currency to the profile's; null: there is none */
  readonly profileRate: string | null;
  readonly card: ClientCard | null;
  /** at the gateway of the card; kept when the card is removed */
  readonly customerProfileId: string | null;
  readonly frozenAt: Date | null;
  readonly frozenReason: FreezeReason | null;
  readonly declines: number;
  readonly firstDeclinedAt: Date | null;
}

type PayerRow = Omit<Payer, 'card'> & {
  readonly gatewayId: string | null;
  readonly paymentProfileId: string | null;
  readonly brand: string | null;
  readonly last4: string | null;
  readonly expires: string | null;
  readonly registeredAt: Date | null;
};

/** Null: there is no client that a caller of `withinId` may see. */
export async function findPayer(q: Queries, withinId: string, clientId: string, atMs: number): Promise<Payer | null> {
  const at = new Date(atMs);
  const [row] = await q<PayerRow[]>`
    select c.id as "clientId", c.reseller_id as "resellerId", c.name, c.status, c.currency, c.timezone,
      c.balance_model as "balanceModel", ${live(q)} as live, c.credit_limit as "creditLimit",
      coalesce((select t.amount from temporary_credits t where t.client_id = c.id and t.status in ('scheduled', 'active')
        and t.valid_from <= ${at} and ${at} < t.valid_until), 0) as "temporaryCredit",
      c.auto_payment as "isOn", c.auto_payment_extra_amount as "extraAmount", c.auto_payment_amount_mode as "amountMode",
      c.auto_payment_max_per_day as "maxPerDay", c.auto_payment_max_amount_per_month as "maxAmountPerMonth",
      c.auto_payment_receipt as "sendsReceipt",
      c.auto_payment_threshold as "ownThreshold", c.low_balance_threshold as "lowBalanceThreshold",
      (select k.threshold from profile_rules k where k.profile_id = p.id and k.key = 'client') as "profileThreshold",
      p.currency as "profileCurrency",
      case when p.currency = c.currency then '1'
        else ${rateAt(q, q`c.currency`, q`p.currency`, q`${at}::timestamptz`)}::text end as "profileRate",
      a.gateway_id as "gatewayId", a.customer_profile_id as "customerProfileId", a.payment_profile_id as "paymentProfileId",
      a.brand, a.last4, a.expires, a.registered_at as "registeredAt",
      a.frozen_at as "frozenAt", a.frozen_reason as "frozenReason", coalesce(a.declines, 0) as declines,
      a.first_declined_at as "firstDeclinedAt"
    from clients c
    join balances b on b.client_id = c.id
    left join profiles p on p.id = c.profile_id
    left join auto_payments a on a.client_id = c.id
    where c.id = ${clientId} and ${visibleClient(q, withinId)}`;
  if (!row) return null;
  const { gatewayId, paymentProfileId, brand, last4, expires, registeredAt, ...payer } = row;
  const { customerProfileId } = row;
  const card =
    paymentProfileId !== null && gatewayId && customerProfileId && brand && last4 && expires && registeredAt
      ? { gatewayId, customerProfileId, paymentProfileId, brand, last4, expires, registeredAt }
      : null;
  return { ...payer, card };
}

/**
 * As `findPayer`, with the row of its automatic payments locked, which is written first where there is none: every
 * decision about charging, freezing, or the card takes this lock.
 */
export async function lockPayer(
  tx: Transaction,
  withinId: string,
  clientId: string,
  atMs: number,
): Promise<Payer | null> {
  const visible = await tx`select 1 from clients c where c.id = ${clientId} and ${visibleClient(tx, withinId)}`;
  if (visible.length === 0) return null;
  await tx`insert into auto_payments (client_id) values (${clientId}) on conflict do nothing`;
  await tx`select 1 from auto_payments where client_id = ${clientId} for update`;
  return findPayer(tx, withinId, clientId, atMs);
}

/**
 * A new card: automatic payments begin afresh, whatever had frozen them, and so do the emails before it expires.
 *
 * @param timezone of the client
 */
export async function setCard(
  tx: Transaction,
  { clientId, timezone }: Pick<Payer, 'clientId' | 'timezone'>,
  gatewayId: string,
  card: RegisteredCard,
  at: Date,
): Promise<void> {
  const notice = nextCardNotice({ expires: card.expires, timezone }, null, at.getTime());
  await tx`
    update auto_payments set gateway_id = ${gatewayId}, customer_profile_id = ${card.customerProfileId},
      payment_profile_id = ${card.paymentProfileId}, brand = ${card.brand.slice(0, 40)}, last4 = ${card.last4},
      expires = ${card.expires}, registered_at = ${at}, frozen_at = null, frozen_reason = null,
      declines = 0, first_declined_at = null, version = version + 1, expiry_notice = ${notice?.days ?? null},
      expiry_notice_at = ${notice && new Date(notice.dueAt)}, expiry_attempts = 0
    where client_id = ${clientId}`;
}

/** The customer's profile at the gateway stays: another card is registered with it. */
export async function clearCard(tx: Transaction, clientId: string): Promise<void> {
  await tx`
    update auto_payments set payment_profile_id = null, brand = null, last4 = null, expires = null, registered_at = null,
      expiry_notice = null, expiry_notice_at = null, version = version + 1
    where client_id = ${clientId}`;
}

/** Keeps a freeze that is there. */
export async function freeze(tx: Transaction, clientId: string, reason: FreezeReason, at: Date): Promise<void> {
  await tx`
    update auto_payments set frozen_at = ${at}, frozen_reason = ${reason}, version = version + 1
    where client_id = ${clientId} and frozen_at is null`;
}

export async function unfreeze(tx: Transaction, clientId: string): Promise<void> {
  await tx`
    update auto_payments set frozen_at = null, frozen_reason = null, declines = 0, first_declined_at = null,
      version = version + 1
    where client_id = ${clientId}`;
}

/** Counts a decline of an automatic payment; the monitor does not depend on it. */
export async function countDecline(
  tx: Transaction,
  clientId: string,
  at: Date,
): Promise<{ readonly declines: number; readonly firstDeclinedAt: Date }> {
  const [row] = await tx<{ declines: number; firstDeclinedAt: Date }[]>`
    update auto_payments set declines = declines + 1, first_declined_at = coalesce(first_declined_at, ${at})
    where client_id = ${clientId} returning declines, first_declined_at as "firstDeclinedAt"`;
  if (!row) throw new TypeError('a locked row is there');
  return row;
}

export async function clearDeclines(tx: Transaction, clientId: string): Promise<void> {
  await tx`
    update auto_payments set declines = 0, first_declined_at = null where client_id = ${clientId} and declines > 0`;
}

interface Registration {
  readonly id: string;
  readonly clientId: string;
  readonly gatewayId: string;
  readonly reference: string;
  readonly expiresAt: Date;
  readonly finishedAt: Date | null;
}

export async function insertRegistration(
  tx: Transaction,
  registration: Omit<Registration, 'id' | 'finishedAt'> & { readonly createdAt: Date },
): Promise<string> {
  const { clientId, gatewayId, reference, createdAt, expiresAt } = registration;
  const [row] = await tx<{ id: string }[]>`
    insert into card_registrations (client_id, gateway_id, reference, created_at, expires_at)
    values (${clientId}, ${gatewayId}, ${reference}, ${createdAt}, ${expiresAt}) returning id`;
  if (!row) throw new TypeError('an inserted row is returned');
  return row.id;
}

export async function findRegistration(q: Queries, clientId: string, id: string): Promise<Registration | null> {
  const [row] = await q<Registration[]>`
    select id, client_id as "clientId", gateway_id as "gatewayId", reference, expires_at as "expiresAt",
      finished_at as "finishedAt"
    from card_registrations where id = ${id} and client_id = ${clientId}`;
  return row ?? null;
}

export async function finishRegistration(tx: Transaction, id: string, at: Date): Promise<void> {
  await tx`update card_registrations set finished_at = coalesce(finished_at, ${at}) where id = ${id}`;
}
