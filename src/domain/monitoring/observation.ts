import { availableOf, type Balance } from '../ledger/balance.js';
import { formatMoney, moneyOf, rateOf, rateUnit } from '../money.js';
import type { Observation } from './evaluate.js';
import type { MonitorState, ObservedClient } from './state.js';

function isPaused(state: Pick<MonitorState, 'isStopped' | 'pausedBy'>): boolean {
  return state.isStopped || state.pausedBy !== null;
}

/** The last observation under what people changed since; null: nothing was read yet. */
export function currentObservation(state: MonitorState): Observation | null {
  return state.observed && observationOf(state.observed, state);
}

/** The available balance as last observed; null: unknown. */
export function availableText(state: MonitorState): string | null {
  const balance = currentObservation(state)?.balance;
  return balance ? formatMoney(availableOf(balance)) : null;
}

/** What the rules see of a client that was read, under the state's configuration, pause, and silences. */
export function observationOf(observed: ObservedClient, state: MonitorState): Observation {
  return {
    balance: balanceOf(observed),
    rate: observed.rate === undefined ? rateUnit : observed.rate === null ? null : rateOf(observed.rate),
    refillSeq: observed.refills,
    lastChargeAt: observed.chargedAt,
    unlimited: state.config?.unlimited ?? false,
    paused: isPaused(state),
    silences: state.silences,
    ...(state.config?.silenceWindows && { silenceWindows: state.config.silenceWindows }),
    ...(state.countsFirst && { countsFirst: true }),
  };
}

function balanceOf({ live, credit, temporary }: ObservedClient): Balance | null {
  if (live === undefined) return null;
  return {
    live: moneyOf(live),
    creditLimit: credit === undefined ? 0n : moneyOf(credit),
    temporaryCredit: temporary === undefined ? 0n : moneyOf(temporary),
  };
}
