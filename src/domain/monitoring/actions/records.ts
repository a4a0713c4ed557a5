import { isDecision } from '../evaluate.js';
import { availableText } from '../observation.js';
import { actionOf, type AppliedRequests } from '../requests.js';
import type { CounterReset } from '../rule-state.js';
import type { EvaluationCause, MonitorRecord, MonitorState, RecordedCheck } from '../state.js';
import type { RuleEffect } from './effects.js';

interface Found {
  /** a rule has another reason than before */
  readonly saysAnother: boolean;
  readonly resets: readonly CounterReset[];
  readonly effects: readonly RuleEffect[];
}

/** What has to be written of an evaluation, in order. */
export function recordsOf(
  state: MonitorState,
  applied: AppliedRequests | null,
  cause: EvaluationCause,
  { saysAnother, resets, effects }: Found,
): MonitorRecord[] {
  const at = state.evaluatedAt ?? 0;
  const checks = applied?.checks ?? [];
  const isWorthARow = saysAnother || resets.length > 0 || state.verdicts.some(isDecision);
  if (!applied && !isWorthARow && effects.length === 0) return [];
  const check = (of: EvaluationCause, isFirst: boolean): RecordedCheck => ({
    cause: of,
    state: state.clientState,
    available: availableText(state),
    verdicts: state.verdicts,
    ...(isFirst && resets.length > 0 && { resets }),
  });
  const own = isWorthARow && (cause !== 'manual' || checks.length === 0);
  return [
    ...(applied?.records ?? []),
    ...(own ? [{ at, check: check(cause, true) }] : []),
    ...(effects.length > 0 ? [{ at, effects }] : []),
    ...checks.map((request, index) => ({
      at,
      check: check('manual', !own && index === 0),
      action: actionOf('monitor.check', request, {}, {}),
      requestId: request.id,
    })),
  ];
}
