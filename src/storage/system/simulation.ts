import { ruleNotificationKinds } from '../../domain/notifications/mail-kinds.js';
import { adminOwnRule, autopayRule, capacityRule } from '../../domain/monitoring/rule-identity.js';
import type { RuleStates } from '../../domain/monitoring/rule-state.js';
import type { CompanySide } from '../../domain/companies/company-balances.js';
import { channelJson } from '../notifications/deliveries.js';
import type { DeliveryChannel } from '../notifications/notifications.js';
import type { Queries } from './database.js';

/** Only for src/simulate, whose database is its own: some of this removes what a real one must keep. */

/** Rates of an earlier scenario do not apply to the next one. */
export async function deleteRates(q: Queries): Promise<void> {
  await q`delete from exchange_rates`;
}

/** Channels of an earlier scenario leave their names to the next one. */
export async function deleteChannels(q: Queries): Promise<void> {
  await q`delete from notification_channels`;
}

/** Signals to a client that is gone. */
export async function deleteSignals(q: Queries): Promise<void> {
  await q`delete from outbox`;
}

/** A client is made before its story begins, and counts as made when it begins. */
export async function setCreatedAt(q: Queries, clientId: string, at: Date): Promise<void> {
  await q`update clients set created_at = ${at} where id = ${clientId}`;
}

/** A client whose card is charged automatically, with a card that exists nowhere: no workflow of a payment runs. */
export async function setAutoPayment(
  q: Queries,
  clientId: string,
  { threshold, repeats }: { readonly threshold: string | null; readonly repeats: boolean },
): Promise<void> {
  await q`
    update clients set auto_payment = true, auto_payment_extra_amount = 1, auto_payment_threshold = ${threshold},
      auto_payment_repeat_while_low = ${repeats} where id = ${clientId}`;
  await q`
    with gateway as (
      insert into payment_gateways (reseller_id, name, kind, url, currency, api_key, secret_place, hook)
      select reseller_id, 'Simulated', 'http', 'https://gateway.example/', 'USD', '', 'simulated', 'simulated-gateway-00000'
      from clients where id = ${clientId}
      on conflict (reseller_id) do update set name = excluded.name returning id)
    insert into auto_payments
      (client_id, gateway_id, customer_profile_id, payment_profile_id, brand, last4, expires, registered_at)
    select ${clientId}, id, 'c', 'p', 'Visa', '1111', '2999-12', now() from gateway`;
}

/** What a monitor published of its plans. */
export interface PlanRow {
  readonly nextCheckAt: Date | null;
  readonly nextWakeAt: Date | null;
  readonly rules: RuleStates;
}

export async function readPlan(q: Queries, clientId: string): Promise<PlanRow | null> {
  const [row] = await q<PlanRow[]>`
    select next_check_at as "nextCheckAt", next_wake_at as "nextWakeAt", rules from monitors
    where client_id = ${clientId}`;
  return row ?? null;
}

interface SentRecipient {
  /** email address or phone number, or the name of the channel */
  readonly recipient: string;
  /** null: an email */
  readonly channel: Pick<DeliveryChannel, 'name' | 'format'> | null;
  readonly hasFailed: boolean;
}

/** A notification of a rule that counts, an event or a charge of one, or a capacity. */
export interface SentRow {
  readonly checkAt: Date;
  readonly rule: string;
  readonly recipients: readonly SentRecipient[];
  readonly available: string;
  readonly number: number;
  readonly isCapacity: boolean;
  readonly capacity: number | null;
}

/** In no order. */
export async function readSent(q: Queries, clientId: string, until: Date): Promise<SentRow[]> {
  return q<SentRow[]>`
    select decided_at as "checkAt", rule, available, number, (
      select jsonb_agg(jsonb_build_object('recipient', d.recipient, 'channel', ${channelJson(q)},
        'hasFailed', d.status = 'failed') order by d.position)
      from deliveries d where d.notification_id = n.id) as recipients,
      false as "isCapacity", null::integer as capacity
    from notifications n
    where client_id = ${clientId} and kind = any (${[...ruleNotificationKinds]}::text[]) and status in ('accepted', 'uncertain')
      and decided_at <= ${until}
    union all
    select distinct k.at, v.verdict ->> 'rule', k.available, (v.verdict ->> 'number')::int, '[]'::jsonb, false, null::integer
    from checks k, jsonb_array_elements(k.verdicts) as v (verdict)
    where k.client_id = ${clientId} and v.verdict ->> 'rule' = ${adminOwnRule.key} and v.verdict ? 'number'
      and k.at <= ${until}
    union all
    select k.decided_at, ${autopayRule.key}, coalesce(k.available, 0), k.decision, '[]'::jsonb, false, null::integer
    from card_payments k where k.client_id = ${clientId} and k.decision is not null and k.decided_at <= ${until}
    union all
    select c.at, ${capacityRule.key}, coalesce(c.available, 0), c.sequence::int, '[]'::jsonb, true, c.capacity
    from capacity_changes c where c.client_id = ${clientId} and c.at <= ${until}`;
}

/** A notification about a company that was sent. */
export interface CompanySentRow {
  readonly id: string;
  readonly decidedAt: Date;
  readonly side: CompanySide;
  readonly recipients: string[];
  readonly available: string;
}

/** In the order in which they were decided. */
export async function readCompanySent(q: Queries, companyId: string): Promise<CompanySentRow[]> {
  return q<CompanySentRow[]>`
    select id, decided_at as "decidedAt", rule as side, available, array(
      select d.recipient from deliveries d where d.notification_id = n.id order by d.position) as recipients
    from notifications n where company_id = ${companyId} and status in ('accepted', 'uncertain') order by id`;
}
