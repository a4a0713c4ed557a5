import { ApplicationFailure, proxyLocalActivities } from '@temporalio/workflow';
import type { LocalActivities } from '../activities/index.js';
import type { ObserveInput, ObserveResult } from '../contract/monitor.js';
import { look, noticeLevels, type Observation } from '../domain/evaluate.js';
import { decide, reword, tell } from './deciding.js';
import { unavailable } from './failures.js';
import type { Monitor } from './monitor-loop.js';
import { since } from './patches.js';
import { readPolicy } from './policies.js';

/** Looking at a client: what the database knows is read, and what a refill or a better balance re-arms is re-armed. */

const { observe } = proxyLocalActivities<LocalActivities>(readPolicy);

/** Reads the client; null when that could not be done now, and then it is tried again after a while. */
export async function tryObserve(
  monitor: Monitor,
  asked: Omit<ObserveInput, 'clientId' | 'known'>,
): Promise<ObserveResult | null> {
  const { clientId, watch, retries } = monitor;
  try {
    const result = await observe({ clientId, known: watch.config?.version ?? '', ...asked });
    retries.answered();
    if (result.status === 'deleted') monitor.over = true;
    else watch.take(result, asked.at);
    return result;
  } catch (error) {
    retries.at = asked.at + retries.waitAfter(error);
    return null;
  }
}

/**
 * Reads and looks for somebody who waits. True where a rule has crossed its threshold.
 *
 * @throws ApplicationFailure when the client could not be read, or is deleted
 */
export async function observeNow(monitor: Monitor, at: number): Promise<boolean> {
  const result = await tryObserve(monitor, { at });
  if (!result) throw unavailable();
  if (monitor.over) throw ApplicationFailure.nonRetryable('the client is deleted', 'client_deleted');
  return lookAgain(monitor);
}

/** Reads the client after its balance or credit has moved, and looks; where it cannot be read now, as soon as it can. */
export async function observeMoved(monitor: Monitor, now: number): Promise<void> {
  const result = await tryObserve(monitor, { at: now });
  if (!result) {
    monitor.inbox.balancePoked = true;
    if (since('creditStepWaits')) monitor.retries.creditAt = monitor.retries.at;
    return;
  }
  if (!monitor.over) await lookOrCheck(monitor, true, now);
}

/** After an arrival: re-arm; and check at once where the profile wants a crossing to be noticed. */
export async function lookOrCheck(monitor: Monitor, balanceMoved: boolean, now: number): Promise<void> {
  const { watch } = monitor;
  const { observation } = watch;
  if (!observation) return;
  if (balanceMoved || movedBesideEdit(monitor, observation)) {
    const crossed = lookAgain(monitor) || watch.owesCheck;
    watch.owesCheck = false;
    if (crossed && watch.config?.trigger === 'change' && !observation.paused && observation.balance) {
      return decide(monitor, 'crossing', now);
    }
  } else {
    noticeEdit(monitor, observation);
  }
  reword(monitor, now);
  await tell(monitor, {}, now);
}

/** Re-arms, and says whether a rule is on the other side of its threshold than when it was last looked at. */
export function lookAgain({ watch, deliveries }: Monitor): boolean {
  const { observation, ruleSet, ruleStates } = watch;
  if (!observation) return false;
  const seen = look(ruleSet, ruleStates, observation);
  watch.looked(seen.ruleStates);
  deliveries.callOff(seen.ruleStates, observation.paused);
  return seen.crossed;
}

/** An edit is no change of balance: what it carries across a threshold waits for the schedule. */
function noticeEdit({ watch, deliveries }: Monitor, observation: Observation): void {
  watch.looked(noticeLevels(watch.ruleSet, watch.ruleStates, observation));
  deliveries.callOff(watch.ruleStates, observation.paused);
}

/**
 * A balance that moved together with an edit, and whose own signal is still to come, would find its crossing noticed:
 * the edit is taken under the balance of before, and then the balance of now is looked at.
 */
function movedBesideEdit({ watch }: Monitor, observation: Observation): boolean {
  const { config, lookedAt, ruleSet, ruleStates } = watch;
  if (config?.trigger !== 'change' || !lookedAt || !watch.hasMoved || !since('crossingsOwed')) return false;
  watch.ruleStates = noticeLevels(ruleSet, ruleStates, { ...observation, balance: lookedAt });
  return true;
}
