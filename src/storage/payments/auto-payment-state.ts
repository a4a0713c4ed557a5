import type { Fragment } from 'postgres';
import { clientRule } from '../../domain/monitoring/rule-identity.js';
import { formatMoneyFor, moneyOf } from '../../domain/money.js';
import type { Queries } from '../system/database.js';

/**
 * The state of a client's automatic payments: `off`; `idle`: nothing is under way; the status of the last automatic payment, until
 * the client is charged again (`waiting`, `charging`, `held`, `declined`, `unknown`); `no_card`; `frozen`.
 */
export const autoPaymentStates = [
  'off',
  'no_card',
  'idle',
  'waiting',
  'charging',
  'held',
  'declined',
  'unknown',
  'frozen',
] as const;
export type AutoPaymentState = (typeof autoPaymentStates)[number];

/** Of `clients c` and its `auto_payments a`, which may be missing. */
function autoPaymentState(q: Queries): Fragment {
  return q`case
    when not c.auto_payment then 'off'
    when a.payment_profile_id is null then 'no_card'
    when a.frozen_at is not null then 'frozen'
    else coalesce((select case
        when k.status in ('waiting', 'charging', 'held', 'declined', 'unknown') then k.status else 'idle' end
      from card_payments k where k.client_id = c.id and k.origin = 'auto' order by k.id desc limit 1), 'idle')
    end`;
}

/** For the template variables `auto_payment.state` and `auto_payment.amount`. */
export async function readAutoPayment(q: Queries, clientId: string): Promise<{ state: string; amount: string }> {
  const [row] = await q<{ state: AutoPaymentState; amount: string | null; currency: string }[]>`
    select ${autoPaymentState(q)} as state, c.currency,
      (select k.amount from card_payments k where k.client_id = c.id and k.status in ('charging', 'held')
        order by k.id desc limit 1) as amount
    from clients c left join auto_payments a on a.client_id = c.id where c.id = ${clientId}`;
  if (!row) return { state: 'off', amount: '' };
  return { state: row.state, amount: row.amount === null ? '' : formatMoneyFor(moneyOf(row.amount), row.currency) };
}

/** What an email says about an automatic payment. */
export interface CardPaymentMail {
  readonly amount: string | null;
  /** `Visa 1111`, or only the digits once the card is gone */
  readonly card: string;
  readonly reason: string;
  /** the next attempt; null: none */
  readonly retryAt: Date | null;
  readonly transactionId: string | null;
}

export async function readCardPaymentMail(q: Queries, id: string): Promise<CardPaymentMail | null> {
  const [row] = await q<CardPaymentMail[]>`
    select k.amount, trim(concat_ws(' ', case when a.last4 = k.card_last4 then a.brand end, k.card_last4)) as card,
      coalesce(k.decline_message, '') as reason, k.transaction_id as "transactionId",
      (select n.not_before from card_payments n where n.client_id = k.client_id and n.origin = 'auto'
        and n.status = 'waiting' and n.id > k.id order by n.id limit 1) as "retryAt"
    from card_payments k left join auto_payments a on a.client_id = k.client_id where k.id = ${id}`;
  return row ?? null;
}

/** The threshold of the client notification of a profile, in the profile's currency; null: it is off. */
export async function readClientThreshold(q: Queries, profileId: string): Promise<string | null> {
  const [row] = await q<{ threshold: string | null }[]>`
    select threshold from profile_rules where profile_id = ${profileId} and key = ${clientRule.key}`;
  return row?.threshold ?? null;
}
