import { compiledRules } from './compiled-rules.js';
import { inactiveFrom, silencedUntil, type Reason, type Verdict } from './evaluate.js';
import { isExhausted, periodEnd, waitEnd } from './rule-state.js';
import type { Rule } from './rules.js';
import { nextBoundaryAfter } from '../silences/silence-window.js';
import { nextCheckAt } from './schedule.js';
import type { GrantTimes, MonitorState } from './state.js';

/** What a monitor sleeps for. */
export type WakeReason =
  | 'check'
  | 'credit_start'
  | 'credit_expiring'
  | 'credit_revert'
  | 'silence_end'
  | 'silence_window'
  | 'rule'
  | 'balance_unknown'
  | 'evaluation'
  | 'publish';

interface Wake {
  /** ms; at or before now: due */
  readonly at: number;
  readonly reason: WakeReason;
}

/** The step of a temporary credit that its times ask for next. */
interface CreditStep {
  readonly step: 'start' | 'warn' | 'revert';
  readonly at: number;
}

/** Delays before an unknown balance is read again; the last one repeats. */
const unknownDelaysMs = [60_000, 120_000, 300_000, 900_000];

/**
 * The one timer that a monitor needs: the earliest instant at which it has to act without a signal. Rates and the
 * return of a balance source are not among them: they arrive as signals.
 */
export function nextWake(state: MonitorState): Wake {
  let wake: Wake = { at: notBefore(nextCheckAt(state.schedule), state.retry.readAt), reason: 'check' };
  const take = (at: number | null, reason: WakeReason): void => {
    if (at !== null && at < wake.at) wake = { at, reason };
  };
  take(creditWakeAt(state), creditWakeReason(state));
  take(evaluationWakeAt(state), 'evaluation');
  take(silenceEndAt(state), 'silence_end');
  take(silenceWindowAt(state), 'silence_window');
  take(unknownWakeAt(state), 'balance_unknown');
  take(ruleWakeAt(state), 'rule');
  take(state.retry.publishAt, 'publish');
  return wake;
}

/**
 * The earliest wake other than the next check, as the read model stores it; null: none. Reconcile takes a monitor
 * that misses it for overdue.
 */
export function nextWakeBesideCheck(state: MonitorState): number | null {
  const candidates = [
    creditWakeAt(state),
    silenceEndAt(state),
    silenceWindowAt(state),
    unknownWakeAt(state),
    ruleWakeAt(state),
  ];
  return candidates.reduce<number | null>(
    (least, at) => (at === null || (least !== null && least <= at) ? least : at),
    null,
  );
}

/** The next step of the temporary credit; null: no credit. Past its end only the revert is left. */
export function nextCreditStep(grant: GrantTimes | null, now: number): CreditStep | null {
  if (!grant) return null;
  if (now >= grant.until) return { step: 'revert', at: grant.until };
  if (!grant.started) return { step: 'start', at: grant.from };
  if (!grant.warned && grant.warnAt !== null) return { step: 'warn', at: grant.warnAt };
  return { step: 'revert', at: grant.until };
}

function creditWakeAt({ grant, retry }: MonitorState): number | null {
  // The step that is due next by the clock is the earliest of those that are left.
  const step = nextCreditStep(grant, Number.NEGATIVE_INFINITY);
  // A step that is done is not repeated before the client could be read, which shows that it is done.
  return step && notBefore(notBefore(step.at, retry.creditAt), retry.readAt);
}

function creditWakeReason({ grant }: MonitorState): WakeReason {
  const step = nextCreditStep(grant, Number.NEGATIVE_INFINITY)?.step;
  return step === 'start' ? 'credit_start' : step === 'warn' ? 'credit_expiring' : 'credit_revert';
}

function evaluationWakeAt({ evaluationDue, requests, retry, evaluatedAt }: MonitorState): number | null {
  return evaluationDue === null && requests.length === 0 ? null : notBefore(evaluatedAt ?? 0, retry.readAt);
}

function silenceEndAt({ silences, retry }: MonitorState): number | null {
  let end: number | null = null;
  for (const until of Object.values(silences)) if (end === null || until < end) end = until;
  return end === null ? null : notBefore(end, retry.readAt);
}

/** The next start or end of a silence over many clients. */
function silenceWindowAt({ config, evaluatedAt, retry }: MonitorState): number | null {
  if (!config?.silenceWindows || evaluatedAt === null) return null;
  const at = nextBoundaryAfter(config.silenceWindows, evaluatedAt);
  return at === null ? null : notBefore(at, retry.readAt);
}

function unknownWakeAt({ observed, unknownReads, evaluatedAt, retry }: MonitorState): number | null {
  if (unknownReads === 0 || evaluatedAt === null || !observed) return null;
  const delay = unknownDelaysMs[Math.min(unknownReads, unknownDelaysMs.length) - 1] as number;
  return notBefore(evaluatedAt + delay, retry.readAt);
}

/** Reasons after which a `change` rule could send once some time has passed. */
const passing: ReadonlySet<Reason> = new Set([
  'not_inactive',
  'silenced',
  // A notification that failed since then has freed its number.
  'max_reached',
  'period_not_elapsed',
  'waiting_for_check',
  'sent',
  'send_failed',
  'send_uncertain',
]);

/** When the first `change` rule that is low could send if nothing changed; null: none could. */
function ruleWakeAt(state: MonitorState): number | null {
  if (!state.config || !state.observed) return null;
  const { rules } = compiledRules(state.config);
  let earliest: number | null = null;
  for (let index = 0; index < state.verdicts.length; index++) {
    const verdict = state.verdicts[index] as Verdict;
    if (!passing.has(verdict.reason)) continue;
    const rule = rules[index]?.key === verdict.rule ? rules[index] : rules.find(({ key }) => key === verdict.rule);
    const at = rule ? canSendAt(rule, state) : null;
    if (at !== null && (earliest === null || at < earliest)) earliest = at;
  }
  return earliest === null ? null : notBefore(earliest, state.retry.readAt);
}

function canSendAt(rule: Rule, state: MonitorState): number | null {
  const ruleState = state.rules[rule.key];
  if (rule.trigger !== 'change' || !ruleState || ruleState.pending || !state.observed) return null;
  if (!canAct(rule) || isExhausted(rule, ruleState)) return null;
  const at = Math.max(
    inactiveFrom(rule, { lastChargeAt: state.observed.chargedAt }),
    periodEnd(rule, ruleState),
    waitEnd(ruleState),
  );
  if (rule.action === 'autopay') return at;
  const silences = { silences: state.silences, silenceWindows: state.config?.silenceWindows };
  return Math.max(at, silencedUntil(silences, rule.key, Math.max(at, state.evaluatedAt ?? 0)));
}

/** False: it has no one to notify, or applies without a separate decision. */
export function canAct({ action, recipients }: Pick<Rule, 'action' | 'recipients'>): boolean {
  return action === 'event' || action === 'autopay' || (action === 'notify' && recipients.length > 0);
}

function notBefore(at: number, limit: number | null): number {
  return limit === null ? at : Math.max(at, limit);
}
