import { condition, proxyLocalActivities } from '@temporalio/workflow';
import type { LocalActivities } from '../../activities/index.js';
import type { ObserveResult } from '../../contract/monitor.js';
import type { RuleNotificationKey } from '../../domain/monitoring/commands.js';
import { dueCheck, nextCheckAt } from '../../domain/monitoring/schedule.js';
import { isCheckDue, pendingNotifications } from '../../domain/monitoring/step.js';
import { requireActivityFailure } from '../failures.js';
import { readPolicy } from '../policies.js';
import type { MonitorContext } from './monitor-context.js';

const { observe, recordCheckAndObserve } = proxyLocalActivities<LocalActivities>(readPolicy);

/** Ending a notification takes a heartbeat of its activity; a check does not wait longer than this for the outcome. */
const patienceForOutcomes = '20s';

/** Reads the client, and what an earlier run may have left in the read model, until that succeeds. */
export async function load(context: MonitorContext): Promise<void> {
  for (;;) {
    const now = context.now();
    try {
      const result = await observe({
        clientId: context.clientId,
        at: now,
        known: '',
        task: context.taskNumber,
        restore: true,
      });
      if (result.status === 'deleted') context.isClientDeleted = true;
      else context.take(observedEvent(result, 'load'), now);
      return;
    } catch (error) {
      takeFailedRead(context, error, now);
    }
    const readAt = context.state.retry.readAt ?? now;
    await condition(() => false, Math.max(1, readAt - Date.now()), { summary: 'database unavailable: retry' });
  }
}

/** Reads the client and evaluates all rules: a scheduled check when one is due. */
export async function evaluateNow(context: MonitorContext, now: number): Promise<void> {
  const { inbox, state } = context;
  const isScheduled = nextCheckAt(state.schedule) <= now;
  const wasDirty = inbox.isDirty;
  inbox.isDirty = false;
  const input = { clientId: context.clientId, at: now, known: state.config?.version ?? '', task: context.taskNumber };
  let result: ObserveResult;
  try {
    result = isScheduled
      ? await recordCheckAndObserve({ ...input, check: dueCheck(state.schedule, now) })
      : await observe(input);
  } catch (error) {
    takeFailedRead(context, error, now);
    inbox.isDirty = inbox.isDirty || wasDirty;
    return;
  }
  if (result.status === 'deleted') {
    context.isClientDeleted = true;
    return;
  }
  if (isScheduled && isCheckDue(context.state, result.config, now)) {
    const pending = pendingNotifications(context.state.rules);
    if (pending.length > 0) await endNotifications(context, pending, now);
  }
  context.evaluationsInRun += 1;
  if (isScheduled) context.checksInRun += 1;
  context.take(observedEvent(result, isScheduled ? 'scheduled' : 'change'), now);
}

function observedEvent(
  { config, stored, countsFirst, ...observed }: ObserveResult,
  purpose: 'load' | 'scheduled' | 'change',
): Parameters<MonitorContext['take']>[0] {
  return {
    type: 'observed',
    observed,
    purpose,
    ...(config && { config }),
    ...(stored && { stored }),
    ...(countsFirst && { countsFirst }),
  };
}

/** A notification never waits for the mail server into the next scheduled check, which may decide it again. */
async function endNotifications(
  context: MonitorContext,
  pending: readonly RuleNotificationKey[],
  now: number,
): Promise<void> {
  const { deliveries } = context;
  for (const key of pending) deliveries.cancel(key, 'time_over');
  await condition(() => !pending.some((key) => deliveries.isPending(key)), patienceForOutcomes);
  context.takeDeliveryOutcomes(now);
}

/** @throws whatever is not a failure of the activity: a fault of the workflow's own code */
function takeFailedRead(context: MonitorContext, error: unknown, now: number): void {
  requireActivityFailure(error);
  context.take({ type: 'readFailed' }, now);
}
