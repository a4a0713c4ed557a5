import { ruleNotificationKinds } from '../../domain/mail-kinds.js';
import type { RuleStates } from '../../domain/monitoring/rule-state.js';
import type { Queries } from './database.js';

/** Only for src/simulate, whose database is its own: some of this removes what a real one must keep. */

/** Rates of an earlier scenario do not apply to the next one. */
export async function deleteRates(q: Queries): Promise<void> {
  await q`delete from exchange_rates`;
}

/** Signals to a client that is gone. */
export async function deleteSignals(q: Queries): Promise<void> {
  await q`delete from outbox`;
}

/** A client is made before its story begins, and counts as made when it begins. */
export async function setCreatedAt(q: Queries, clientId: string, at: Date): Promise<void> {
  await q`update clients set created_at = ${at} where id = ${clientId}`;
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

/** A notification of a rule that counts. */
export interface SentRow {
  readonly checkAt: Date;
  readonly rule: string;
  readonly recipients: string[];
  readonly available: string;
  readonly number: number;
}

/** In no order. */
export async function readSent(q: Queries, clientId: string, until: Date): Promise<SentRow[]> {
  return q<SentRow[]>`
    select decided_at as "checkAt", rule, available, number, array(
      select d.recipient from deliveries d where d.notification_id = n.id order by d.position) as recipients
    from notifications n
    where client_id = ${clientId} and kind = any (${[...ruleNotificationKinds]}::text[]) and status in ('accepted', 'uncertain')
      and decided_at <= ${until}`;
}
