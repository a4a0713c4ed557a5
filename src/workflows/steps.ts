import { ApplicationFailure, condition, proxyActivities, sleep, type ActivityFailure } from '@temporalio/workflow';
import type { EffectActivities } from '../activities/index.js';
import { settle } from '../domain/evaluate.js';
import { decide, reword, tell } from './deciding.js';
import { isRefusal } from './failures.js';
import { lookAgain, lookOrCheck, tryObserve } from './looking.js';
import type { Monitor } from './monitor-loop.js';
import { since } from './patches.js';
import { writePolicy } from './policies.js';

/** The steps of a monitor, each taken by the loop in its turn. */

const { recordRefill } = proxyActivities<EffectActivities>(writePolicy);

/** Learns the configuration; a monitor that lost its run takes up what the read model kept. */
export async function begin(monitor: Monitor): Promise<void> {
  const { isFresh, retries, watch } = monitor;
  for (;;) {
    const now = monitor.now();
    const result = await tryObserve(monitor, { at: now, ...(isFresh && { restore: true as const }) });
    if (result) {
      if (!isFresh || monitor.over) return;
      if (!result.stored) return void lookAgain(monitor);
      watch.restore(result.stored);
      // The balance may have moved while nobody watched.
      return lookOrCheck(monitor, true, now);
    }
    await condition(() => false, Math.max(1, retries.at - Date.now()), { summary: 'database away: try again' });
  }
}

export async function scheduledCheck(monitor: Monitor, now: number): Promise<void> {
  const { dueAt, nextAt } = monitor.watch.dueCheck(now);
  const result = await tryObserve(monitor, { at: now, check: { dueAt, nextAt } });
  if (!result || monitor.over) return;
  // An edit comes before a check of its instant and may have put it off: it is looked into as any arrival is.
  if (monitor.watch.nextCheckAt > now && since('checkPutOff')) {
    monitor.inbox.configurationPoked = true;
    return;
  }
  monitor.watch.passCheck(now);
  monitor.checksInRun += 1;
  await decide(monitor, 'scheduled', dueAt);
}

/** Refills told directly are recorded, requests answered, pokes looked into: who asks is told of what came before. */
export async function takeArrivals(monitor: Monitor, now: number): Promise<void> {
  const { inbox } = monitor;
  const refillWaits = inbox.refills.length > 0;
  if (refillWaits && inbox.hasRequests && now >= monitor.retries.at && since('refillsFirst')) {
    return recordNextRefill(monitor, now);
  }
  if (inbox.hasRequests) return inbox.answerNext();
  if (refillWaits) return recordNextRefill(monitor, now);
  const { balancePoked } = inbox;
  inbox.balancePoked = false;
  inbox.configurationPoked = false;
  const result = await tryObserve(monitor, { at: now });
  if (!result) {
    inbox.balancePoked = balancePoked;
    inbox.configurationPoked = true;
    return;
  }
  if (!monitor.over) await lookOrCheck(monitor, balancePoked, now);
}

async function recordNextRefill({ clientId, inbox, retries, alerts }: Monitor, now: number): Promise<void> {
  const payment = inbox.refills[0];
  if (!payment) return;
  try {
    await recordRefill({ ...payment, clientId, receivedAt: now });
  } catch (error) {
    if (!isRefusal(error)) {
      retries.at = now + retries.waitAfter(error);
      return;
    }
    const id = String(payment.paymentId).slice(0, 100);
    alerts.raise('payment_refused', `payment "${id}" was not taken: ${refusalText(error)}`, now);
  }
  inbox.refills.shift();
  inbox.balancePoked = true;
}

function refusalText(error: ActivityFailure): string {
  return error.cause?.message ?? error.message;
}

/** Takes into the counts how mails ended. */
export async function settleDeliveries(monitor: Monitor, now: number): Promise<void> {
  const { watch, deliveries } = monitor;
  for (const { mail, outcome } of deliveries.ended.splice(0)) {
    watch.ruleStates = settle(watch.ruleStates, mail, outcome);
    if (outcome !== 'accepted') watch.verdictEnded(mail, outcome === 'failed' ? 'send_failed' : 'send_uncertain');
  }
  await tell(monitor, {}, now);
}

export async function endSilences(monitor: Monitor, now: number): Promise<void> {
  const { watch } = monitor;
  watch.silences = Object.fromEntries(Object.entries(watch.silences).filter(([, until]) => until > now));
  reword(monitor, now);
  await tell(monitor, {}, now);
}

/** What the read model could not be told before. */
export async function tellAgain(monitor: Monitor, now: number): Promise<void> {
  await tell(monitor, {}, now);
}

/** The client is deleted: whoever waits is told so, mails on their way are called off, and how they ended is kept. */
export async function close(monitor: Monitor): Promise<void> {
  const { inbox, deliveries } = monitor;
  inbox.close(ApplicationFailure.nonRetryable('the client is deleted', 'client_deleted'));
  deliveries.callOff({}, true);
  if (inbox.refills.length > 0 && since('refillsAtEnd')) await refuseRefills(monitor);
  await condition(() => monitor.isIdle);
}

/** Money for a client that is gone is booked for nobody, and staff hears of it. */
async function refuseRefills(monitor: Monitor): Promise<void> {
  const { inbox, retries } = monitor;
  while (inbox.refills.length > 0) {
    await recordNextRefill(monitor, monitor.now());
    const waitMs = retries.at - Date.now();
    if (waitMs > 0) await sleep(waitMs, { summary: 'try again' });
  }
}
