import { availableOf } from '../ledger/balance.js';
import { actionOfRule } from './rule-identity.js';
import { reasons, silencedUntil, type Observation, type Verdict } from './evaluate.js';

/** The state of a client, the same in the UI, the API, metrics, and Temporal's search attributes. */
export const clientStates = [
  'ok',
  'low',
  'critical',
  'exhausted',
  'silenced',
  'paused',
  'unlimited',
  'unknown',
  'unhealthy',
] as const;
export type ClientState = (typeof clientStates)[number];

/** The reasons after `above_threshold`: the threshold condition held, and something else decided. */
const lowReasons: ReadonlySet<Verdict['reason']> = new Set(reasons.slice(reasons.indexOf('above_threshold') + 1));

/** True when the rule's threshold condition held. */
export function isLowVerdict(verdict: Pick<Verdict, 'reason'>): boolean {
  return lowReasons.has(verdict.reason);
}

/**
 * The state that follows from an evaluation. The most urgent applies: `critical` is available zero or less, `exhausted`
 * is low with every notification sent, `silenced` is low with every low rule silenced.
 */
export function deriveState(observation: Observation, verdicts: readonly Verdict[], at: number): ClientState {
  if (observation.paused) return 'paused';
  if (!observation.balance) return 'unknown';
  if (observation.unlimited) return 'unlimited';
  if (availableOf(observation.balance) <= 0n) return 'critical';
  let anyLow = false;
  let anyNotifying = false;
  let allSilenced = true;
  let allExhausted = true;
  let lacksRate = false;
  for (const verdict of verdicts) {
    if (verdict.reason === 'no_rate') lacksRate = true;
    if (!lowReasons.has(verdict.reason)) continue;
    anyLow = true;
    // A capacity and a charge are neither silenced nor exhausted.
    if (['capacity', 'autopay'].includes(actionOfRule(verdict.rule))) continue;
    anyNotifying = true;
    if (silencedUntil(observation, verdict.rule, at) <= at) allSilenced = false;
    if (verdict.reason !== 'max_reached') allExhausted = false;
  }
  if (!anyLow) return lacksRate ? 'unknown' : 'ok';
  if (!anyNotifying) return 'low';
  if (allSilenced) return 'silenced';
  return allExhausted ? 'exhausted' : 'low';
}

/** A wake of a monitor is overdue when it is this late: the monitor does not run, or no worker does its work. */
export const overdueMs = 60_000;
