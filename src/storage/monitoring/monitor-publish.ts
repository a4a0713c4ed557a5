import type { PublishInput } from '../../contract/monitor.js';
import type { Verdict } from '../../domain/monitoring/evaluate.js';
import type { MonitorRecord } from '../../domain/monitoring/state.js';
import { isUpdateRecorded, writeAudit } from '../system/audit/audit.js';
import type { Sql, Transaction } from '../system/database.js';
import { inTransaction } from '../system/transaction.js';
import { noteMissingRecipients } from '../events/missing-recipients.js';
import { isLedger } from '../ledger/live-balance.js';
import { enqueueSignal } from './outbox.js';
import { writeCapacity, writeRuleEffect } from './rule-effects.js';

/**
 * Writes the state of a monitor, the decisions that were not written yet, and the live balances at which the ledger
 * signals it, in one transaction. A record that is written twice, because the answer to the first write or the task
 * that made it was lost, is kept once: a check is known by what it says, an action by its request.
 */
export async function publishMonitor(sql: Sql, input: PublishInput): Promise<void> {
  await inTransaction(sql, async (tx) => {
    const before = await writeState(tx, input);
    if (!before) return;
    if (hasVerdicts(input))
      await noteMissingRecipients(tx, { id: input.clientId, at: input.at }, before, input.verdicts);
    for (const record of input.records) await writeRecord(tx, input.clientId, record);
    // A task that was executed again may have decided otherwise: the current capacity decides.
    if (input.capacity) await writeCapacity(tx, input.clientId, input.capacity);
    if (input.wake) await setWakeBounds(tx, input.clientId, input.wake);
  });
}

/** A monitor that was started again and has not evaluated since: the results of the last evaluation still hold. */
function hasVerdicts({ verdicts, records }: PublishInput): boolean {
  return verdicts.length > 0 || records.some(({ check }) => check !== undefined);
}

/** Returns the results that were written before; null: the client has no monitor's row. */
async function writeState(tx: Transaction, input: PublishInput): Promise<readonly Verdict[] | null> {
  const [row] = await tx<{ verdicts: readonly Verdict[] }[]>`
    with before as (select client_id, verdicts from monitors where client_id = ${input.clientId} for update)
    update monitors m set
      state_since = case when m.state = ${input.state} then m.state_since else ${new Date(input.at)} end,
      state = ${input.state},
      last_check_at = ${toDate(input.lastCheckAt)}, next_check_at = ${toDate(input.nextCheckAt)},
      next_wake_at = ${toDate(input.nextWakeAt)},
      available = ${input.available}, rules = ${json(input.rules)}::text::jsonb,
      verdicts = ${hasVerdicts(input) ? tx`${json(input.verdicts)}::text::jsonb` : tx`m.verdicts`},
      paused_by = ${input.pausedBy}, silences = ${json(input.silences)}::text::jsonb,
      counts_first = m.counts_first and ${input.countsFirst ?? false}, published_at = clock_timestamp()
    from before where m.client_id = before.client_id
    returning before.verdicts`;
  return row?.verdicts ?? null;
}

async function writeRecord(
  tx: Transaction,
  clientId: string,
  { at, check, action, effects = [] }: MonitorRecord,
): Promise<void> {
  for (const effect of effects) await writeRuleEffect(tx, clientId, at, effect);
  if (check) {
    await tx`
      insert into checks (client_id, at, kind, state, available, verdicts, resets)
      select * from (values (${clientId}::bigint, ${new Date(at)}::timestamptz, ${check.cause}, ${check.state},
        ${check.available}::numeric(24, 6), ${json(check.verdicts)}::text::jsonb,
        ${check.resets ? json(check.resets) : null}::text::jsonb))
        made (client_id, at, kind, state, available, verdicts, resets)
      where not exists (
        select 1 from checks c where c.client_id = made.client_id and c.at = made.at and c.kind = made.kind
          and c.state = made.state and c.available is not distinct from made.available and c.verdicts = made.verdicts
          and c.resets is not distinct from made.resets)`;
  }
  if (!action) return;
  const { actor, name, reason, before, after, updateId } = action;
  // The row of the monitor is locked: no other transaction writes the same update.
  if (await isUpdateRecorded(tx, clientId, updateId)) return;
  await writeAudit(tx, {
    actor: actor.id,
    source: actor.source,
    action: name,
    subjectType: 'monitor',
    subjectId: clientId,
    clientId,
    reason,
    before,
    after,
    updateId,
    ...(actor.requestId !== undefined && { requestId: actor.requestId }),
  });
}

/** A balance that passed the new bounds before they were set would signal nothing: the monitor is signaled here. */
async function setWakeBounds(
  tx: Transaction,
  clientId: string,
  wake: NonNullable<PublishInput['wake']>,
): Promise<void> {
  const [set] = await tx<{ passed: boolean | null }[]>`
    update balances set wake_below = ${wake.below}, wake_above = ${wake.above}
    where client_id = ${clientId}
      and (wake_below is distinct from ${wake.below}::numeric or wake_above is distinct from ${wake.above}::numeric)
    returning ${isLedger(tx)} and (live <= wake_below or live >= wake_above) as passed`;
  if (set?.passed) await enqueueSignal(tx, clientId, 'balanceChanged');
}

function toDate(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}

function json(value: unknown): string {
  return JSON.stringify(value);
}
