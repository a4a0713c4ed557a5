import { allHandlersFinished, condition, continueAsNew, proxyActivities, sleep } from '@temporalio/workflow';
import type { EffectActivities } from '../../activities/index.js';
import type { MonitorInput } from '../../contract/monitor.js';
import { clientDeleted, monitorUnavailable, refusalOf, requireActivityFailure } from '../failures.js';
import { writePolicy } from '../policies.js';
import { registerHandlers } from './handlers.js';
import type { Arrival } from './inbox.js';
import { MonitorContext } from './monitor-context.js';
import { evaluateNow, load } from './observe.js';
import { runCreditStep } from './temporary-credit.js';

const { recordRefill } = proxyActivities<EffectActivities>(writePolicy);

/**
 * Monitors one client for as long as it exists: sleeps until its next check, a step of its temporary credit, or an
 * arrival, and does what is due. Handlers only put down what arrived; this loop does the work, one step at a time. At
 * one instant a step of the credit comes first, then what arrived in its order, then one evaluation.
 */
export async function monitor(input: MonitorInput): Promise<void> {
  const context = new MonitorContext(input);
  registerHandlers(context);
  if (context.isFirstRun) await load(context);
  while (!context.isClientDeleted) {
    const now = context.now();
    const due = context.dueWork(now);
    if (context.isWriteDue || due === 'publish') await context.publish(now);
    else if (context.deliveries.ended.length > 0) context.takeDeliveryOutcomes(now);
    else if (due === 'credit_start' || due === 'credit_expiring' || due === 'credit_revert')
      await runCreditStep(context, now);
    else if (context.canRead(now) && context.inbox.hasArrivals) await processInbox(context, now);
    else if (due !== null || (context.canRead(now) && context.inbox.isDirty)) await evaluateNow(context, now);
    else if (context.shouldContinueAsNew()) await continueAsNew<typeof monitor>(context.toContinueAsNewInput());
    else await context.sleep(now);
  }
  await shutDown(context);
}

/** Takes up everything that arrived, in its order, and evaluates once for all of it. */
async function processInbox(context: MonitorContext, now: number): Promise<void> {
  const { inbox, answers } = context;
  const grants: { readonly id: string; readonly grant: unknown }[] = [];
  for (let arrival = inbox.next; arrival && context.canRead(now); arrival = inbox.next) {
    if (arrival.kind === 'refill') {
      if (await recordNextRefill(context, arrival, now)) continue;
      // A payment that cannot be recorded holds up no check: it is tried again before the next one.
      if (context.dueWork(context.now()) !== null) await evaluateNow(context, context.now());
      context.take({ type: 'readFailed' }, context.now());
      break;
    } else {
      inbox.removeNext();
      if (arrival.kind === 'request') context.take({ type: 'requested', request: arrival.request }, now);
      else {
        const grant = await changeCredit(context, arrival);
        if (grant !== null) grants.push({ id: arrival.id, grant });
      }
    }
  }
  const mustEvaluate = inbox.isDirty || context.state.requests.length > 0;
  if (mustEvaluate && context.canRead(now)) await evaluateNow(context, now);
  if (grants.length > 0 && context.isWriteDue) await context.publish(now);
  // The change is in the database since its activity ended, whether or not the client could be read after it.
  for (const { id, grant } of grants) answers.resolve(id, grant);
}

/** Records a payment once per payment id. False when that cannot be done now: it stays in the inbox. */
async function recordNextRefill(
  context: MonitorContext,
  { payment }: Arrival & { kind: 'refill' },
  now: number,
): Promise<boolean> {
  const { clientId, inbox } = context;
  try {
    await recordRefill({ ...payment, clientId, receivedAt: now });
  } catch (error) {
    requireActivityFailure(error);
    if (!refusalOf(error)) return false;
    // Refused for its meaning: the activity has written the event.
  }
  inbox.removeNext();
  inbox.isDirty = true;
  return true;
}

/** null: the caller was answered with why it could not be done */
async function changeCredit(
  { answers, inbox }: MonitorContext,
  { id, run }: Arrival & { kind: 'credit' },
): Promise<unknown> {
  try {
    const grant = await run();
    inbox.isDirty = true;
    return grant;
  } catch (error) {
    requireActivityFailure(error);
    answers.reject(id, refusalOf(error) ?? monitorUnavailable());
    return null;
  }
}

/** Ends the monitor of a deleted client: rejects requests, cancels deliveries, and records signaled payments. */
async function shutDown(context: MonitorContext): Promise<void> {
  const { inbox, answers, deliveries } = context;
  const hasEnded = (): boolean => deliveries.count === 0 && context.events.count === 0 && allHandlersFinished();
  context.timer.cancel();
  answers.close(clientDeleted());
  deliveries.cancelAll();
  for (;;) {
    inbox.removeRequests();
    const arrival = inbox.next;
    if (arrival?.kind === 'refill') {
      // A payment for a deleted client is refused with an event, not dropped.
      const isRecorded = await recordNextRefill(context, arrival, context.now());
      if (!isRecorded) await sleep('10s', { summary: 'database unavailable: retry' });
    } else {
      await condition(() => hasEnded() || inbox.hasArrivals);
      if (!inbox.hasArrivals) return;
    }
  }
}
