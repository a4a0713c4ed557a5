import type { CarriedState, MonitorInput } from '../contract/monitor.js';
import { reasons, type Reason, type Verdict } from '../domain/evaluate.js';

export { packRules, unpackRules } from '../contract/packed-rules.js';

/** What the last check said, as numbers: `reasons` is only ever added to at its end. */
export function packVerdicts(verdicts: readonly Verdict[]): Record<string, number> {
  return Object.fromEntries(verdicts.map(({ rule, reason }) => [rule, reasons.indexOf(reason)]));
}

export function unpackVerdicts(packed: Readonly<Record<string, number>>): Verdict[] {
  return Object.entries(packed).flatMap(([rule, place]) => {
    const reason: Reason | undefined = reasons[place];
    return reason ? [{ rule, reason }] : [];
  });
}

/** The state of a monitor that begins at `now`: its first check is due at once. */
export function freshState(now: number): CarriedState {
  return { lastDue: now, first: true, rules: {}, runs: 0 };
}

/**
 * Lifts an input that an older version wrote to the one of today. Today there is one version only; a new one adds a
 * case here, and a frozen history of the old one stays in test/replay.
 *
 * @throws TypeError for a version of the future: the worker is older than the run.
 */
export function liftInput(input: MonitorInput): MonitorInput {
  if (input.v !== 1) throw new TypeError(`this worker does not know version ${String(input.v)} of a monitor's input`);
  return input;
}
