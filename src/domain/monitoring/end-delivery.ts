import type { RuleNotificationKey, Step } from './commands.js';
import type { Verdict } from './evaluate.js';
import { nextWakeBesideCheck } from './next-wake.js';
import { applyDeliveryOutcome, type DeliveryOutcome, type EvaluationKind } from './rule-state.js';
import type { MonitorState } from './state.js';

/**
 * Takes in how a notification ended. The outcome of one that is not pending (its rule was removed, or its end was taken
 * in before) changes nothing.
 */
export function endDelivery(
  state: MonitorState,
  key: RuleNotificationKey,
  outcome: DeliveryOutcome,
): Step<MonitorState> {
  const pending = state.rules[key.rule]?.pending;
  const rules = applyDeliveryOutcome(state.rules, key, outcome);
  if (rules === state.rules || !pending) return { state, commands: [] };
  const reason = outcome === 'failed' ? 'send_failed' : outcome === 'uncertain' ? 'send_uncertain' : null;
  const isCalledOff = pending.cancelledIn !== undefined;
  const ended: MonitorState = {
    ...state,
    rules,
    isUnpublished: true,
    verdicts: reason && !isCalledOff ? withOutcome(state.verdicts, key, reason) : state.verdicts,
    evaluationDue: dueAfterDelivery(state, key, outcome, pending.cancelledIn),
  };
  return { state: { ...ended, nextWakeAt: nextWakeBesideCheck(ended) }, commands: [{ type: 'publish' }] };
}

/** A notification that fails makes reasons that counted it untrue; one that was canceled may be decided again. */
function dueAfterDelivery(
  { evaluationDue, verdicts }: MonitorState,
  key: RuleNotificationKey,
  outcome: DeliveryOutcome,
  cancelledIn: EvaluationKind | undefined,
): MonitorState['evaluationDue'] {
  if (cancelledIn) return strongest(evaluationDue, cancelledIn);
  const counted = verdicts.some(
    ({ rule, reason }) => rule === key.rule && (reason === 'max_reached' || reason === 'period_not_elapsed'),
  );
  return outcome === 'failed' && counted ? strongest(evaluationDue, 'change') : evaluationDue;
}

/** The kind of evaluation that covers both; null: none is due. */
export function strongest(
  a: MonitorState['evaluationDue'],
  b: NonNullable<MonitorState['evaluationDue']>,
): MonitorState['evaluationDue'] {
  return a === 'check' ? a : b;
}

function withOutcome(verdicts: readonly Verdict[], key: RuleNotificationKey, reason: Verdict['reason']): Verdict[] {
  return verdicts.map((verdict) =>
    verdict.rule === key.rule && verdict.episode === key.episode && verdict.number === key.number
      ? { rule: key.rule, reason }
      : verdict,
  );
}
