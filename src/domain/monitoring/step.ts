import { deriveState } from './client-state.js';
import type { MonitorCommand, MonitorEvent, RuleNotificationKey, ObservedEvent, Step } from './commands.js';
import { compiledRules } from './compiled-rules.js';
import { decideCapacity } from './actions/capacity.js';
import { counterResets } from './actions/counter-resets.js';
import { effectsOf, hasRecovered } from './actions/effects.js';
import { recordsOf } from './actions/records.js';
import { areAllDecided, evaluate, isDecision, type Observation, type Verdict } from './evaluate.js';
import { availableOf } from '../ledger/balance.js';
import { formatMoney } from '../money.js';
import { endDelivery, strongest } from './end-delivery.js';
import { takeObservation, withEditedInterval } from './intake.js';
import { nextWakeBesideCheck } from './next-wake.js';
import { availableText, observationOf } from './observation.js';
import { applyRequests } from './requests.js';
import type { RuleStates } from './rule-state.js';
import type { RuleSet } from './rules.js';
import { advanceSchedule, dueCheck, nextCheckAt } from './schedule.js';
import {
  noRetry,
  type EvaluationCause,
  type MonitorConfig,
  type MonitorRecord,
  type MonitorState,
  type StateDraft,
} from './state.js';
import { wakeBoundsOf } from './wake-bounds.js';

const none: readonly MonitorCommand[] = [];

/**
 * The only place where a monitor's state changes: takes one event at the instant `now` (ms, whole second) and returns
 * the next state with what has to be done. Pure: the workflow and the simulator execute the commands.
 */
export function step(state: MonitorState, event: MonitorEvent, now: number): Step<MonitorState> {
  switch (event.type) {
    case 'observed':
      return observe(state, event, now);
    case 'readFailed':
      return { state: afterFailedRead(state, now), commands: none };
    case 'requested':
      return { state: { ...state, requests: [...state.requests, event.request] }, commands: none };
    case 'deliveryEnded':
      return endDelivery(state, event, event.outcome);
    case 'creditStepDone':
      return { state: afterCreditStep(state, now), commands: none };
    case 'creditStepFailed': {
      const failures = state.retry.creditFailures + 1;
      return {
        state: withRetry(state, { creditAt: now + retryDelayMs(failures), creditFailures: failures }),
        commands: none,
      };
    }
    case 'published':
      return afterPublish(state);
    case 'writeFailed': {
      const failures = state.retry.publishFailures + 1;
      return {
        state: withRetry(state, { publishAt: now + retryDelayMs(failures), publishFailures: failures }),
        commands: none,
      };
    }
  }
}

/** Notifications whose deliveries have not ended and were not canceled: they end before the next scheduled check. */
export function pendingNotifications(rules: RuleStates): RuleNotificationKey[] {
  return Object.entries(rules).flatMap(([rule, { pending }]) =>
    pending && !pending.cancelledIn ? [{ rule, episode: pending.episode, number: pending.number }] : [],
  );
}

/** Whether the scheduled check of `now` is still due under the configuration that was read for it. */
export function isCheckDue(state: MonitorState, config: MonitorConfig | undefined, now: number): boolean {
  return nextCheckAt(config ? withEditedInterval(state, config, now) : state.schedule) <= now;
}

function observe(given: MonitorState, event: ObservedEvent, now: number): Step<MonitorState> {
  const intake = takeObservation(given, event, now);
  if (event.purpose === 'load') {
    // A run that was lost may have missed what happened in between.
    const evaluationDue = intake.state.evaluationDue ?? (event.stored ? 'change' : null);
    const loaded = { ...intake.state, evaluationDue, ...(event.countsFirst && { countsFirst: true as const }) };
    // Its rule was removed while no run could see that.
    const isOver = event.stored !== undefined && hasRecovered(event.stored.rules, loaded.rules);
    const over: MonitorRecord = { at: now, effects: [{ kind: 'clientRecovered' }] };
    return {
      state: isOver ? { ...loaded, records: [...loaded.records, over] } : loaded,
      commands: intake.commands,
    };
  }
  return evaluateState(given, intake.state, intake.commands, event, now);
}

/** Evaluates what was observed; fills in `observed`, a copy with no other reader. */
function evaluateState(
  before: MonitorState,
  observed: StateDraft,
  credit: readonly MonitorCommand[],
  event: ObservedEvent,
  now: number,
): Step<MonitorState> {
  const { config } = observed;
  if (!config) return { state: observed, commands: credit };
  const applied = observed.requests.length > 0 ? applyRequests(observed, now) : null;
  const state: StateDraft = applied ? { ...applied.state } : observed;
  state.silences = withoutEndedSilences(state.silences, now);
  const observation = observationOf(event.observed, state);
  // An edit of the same instant may have moved the check that was due.
  const isScheduled = event.purpose === 'scheduled' && nextCheckAt(state.schedule) <= now;
  const isManual = (applied?.checks.length ?? 0) > 0 || state.evaluationDue === 'check';
  const cause: EvaluationCause = isScheduled ? 'scheduled' : isManual ? 'manual' : 'change';
  const at = isScheduled ? dueCheck(state.schedule, now).dueAt : now;
  const ruleSet = compiledRules(config);
  const kind = cause === 'change' ? 'change' : 'check';
  const { verdicts, ruleStates } = evaluate(ruleSet, state.rules, observation, at, kind);
  if (state.countsFirst && areAllDecided(verdicts)) delete state.countsFirst;
  const saysAnother = !haveSameReasons(before.verdicts, verdicts);
  const resets = counterResets(before, state, state.rules, ruleStates);
  state.rules = ruleStates;
  state.verdicts = verdicts;
  state.evaluatedAt = at;
  state.evaluationDue = null;
  if (kind === 'check') state.lastCheckAt = at;
  state.clientState = deriveState(observation, verdicts, at);
  if (isScheduled) state.schedule = advanceSchedule(state.schedule, now);
  state.wakeBounds = wakeBoundsOf(ruleSet, ruleStates, observation, at);
  state.isRateMissing = isRateMissing(state, observation);
  state.nextWakeAt = nextWakeBesideCheck(state);
  const available = availableText(state);
  state.capacity = decideCapacity(state.capacity, config, ruleStates, { at, available });
  const effects = effectsOf({ rules: before.rules, capacity: before.capacity }, state, config.rules, available);
  const records = recordsOf(state, applied, cause, { saysAnother, resets, effects });
  if (records.length > 0) state.records = [...state.records, ...records];
  if (saysAnother || isShownDifferently(before, state, isScheduled)) state.isUnpublished = true;
  const others = applied ? [...credit, ...applied.refusals] : credit;
  return { state, commands: commandsOf(before, state, ruleSet, observation, others) };
}

function commandsOf(
  before: MonitorState,
  after: MonitorState,
  ruleSet: RuleSet,
  observation: Observation,
  others: readonly MonitorCommand[],
): readonly MonitorCommand[] {
  const mustPublish = after.isUnpublished || after.records.length > 0;
  if (!mustPublish && after.rules === before.rules && others.length === 0) return none;
  const commands: MonitorCommand[] = after.rules === before.rules ? [] : cancellations(before.rules, after.rules);
  for (const verdict of after.verdicts)
    if (isDecision(verdict) && isNotice(verdict, ruleSet))
      commands.push(notifyCommand(after, verdict, ruleSet, observation));
  commands.push(...others);
  if (after.isRateMissing && !before.isRateMissing) {
    commands.push({ type: 'raiseEvent', kind: 'rate.missing', at: after.evaluatedAt ?? 0 });
  }
  if (mustPublish) commands.push({ type: 'publish' });
  return commands;
}

/** Pending notifications that this step canceled, or whose rule was removed. */
function cancellations(before: RuleStates, after: RuleStates): MonitorCommand[] {
  return pendingNotifications(before).flatMap((key): MonitorCommand[] => {
    const pending = after[key.rule]?.pending;
    return pending && !pending.cancelledIn ? [] : [{ type: 'cancelDelivery', ...key }];
  });
}

function isNotice({ rule }: Verdict, { rules }: RuleSet): boolean {
  return rules.find(({ key }) => key === rule)?.action === 'notify';
}

function notifyCommand(
  state: MonitorState,
  verdict: Verdict,
  ruleSet: RuleSet,
  { balance }: Observation,
): MonitorCommand {
  const rule = ruleSet.rules.find(({ key }) => key === verdict.rule);
  return {
    type: 'notify',
    rule: verdict.rule,
    episode: verdict.episode ?? 1,
    number: verdict.number ?? 1,
    max: rule?.maxNotifications ?? null,
    decidedAt: state.evaluatedAt ?? 0,
    nextCheckAt: nextCheckAt(state.schedule),
    available: formatMoney(balance ? availableOf(balance) : 0n),
    live: formatMoney(balance?.live ?? 0n),
    ...(verdict.except && { except: verdict.except }),
  };
}

/** What the read model shows, besides results and the times that a scheduled check writes anyway. */
function isShownDifferently(before: MonitorState, after: MonitorState, timesAreWritten: boolean): boolean {
  return (
    before.rules !== after.rules ||
    before.clientState !== after.clientState ||
    before.pausedBy !== after.pausedBy ||
    before.silences !== after.silences ||
    before.nextWakeAt !== after.nextWakeAt ||
    before.wakeBounds.below !== after.wakeBounds.below ||
    before.wakeBounds.above !== after.wakeBounds.above ||
    (!timesAreWritten && (before.schedule !== after.schedule || before.lastCheckAt !== after.lastCheckAt))
  );
}

function haveSameReasons(before: readonly Verdict[], after: readonly Verdict[]): boolean {
  if (before.length !== after.length) return false;
  for (let index = 0; index < after.length; index++) {
    const [a, b] = [before[index] as Verdict, after[index] as Verdict];
    if (a.reason !== b.reason || a.rule !== b.rule) return false;
  }
  return true;
}

function withoutEndedSilences(silences: MonitorState['silences'], now: number): MonitorState['silences'] {
  for (const key in silences) {
    if ((silences[key] ?? 0) > now) continue;
    return Object.fromEntries(Object.entries(silences).filter(([, until]) => until > now));
  }
  return silences;
}

/** A pause, or a balance that is unknown for a while, does not make a missing rate new. */
function isRateMissing(state: MonitorState, { rate }: Observation): boolean {
  return rate === null && (state.isRateMissing || state.verdicts.some(({ reason }) => reason === 'no_rate'));
}

/** What made the read due is not lost: the client is read again after a while, whatever else arrives. */
function afterFailedRead(state: MonitorState, now: number): MonitorState {
  const failures = state.retry.readFailures + 1;
  const retried = withRetry(state, { readAt: now + retryDelayMs(failures), readFailures: failures });
  return { ...retried, evaluationDue: strongest(state.evaluationDue, 'change') };
}

/** The client is read next. Until that shows another credit, the same step is not taken again soon. */
function afterCreditStep(state: MonitorState, now: number): MonitorState {
  const retried = withRetry(state, { creditAt: now + retryDelayMs(1), creditFailures: 0 });
  return { ...retried, evaluationDue: strongest(state.evaluationDue, 'change') };
}

/** State and records are written: their requesters are answered. */
function afterPublish(state: MonitorState): Step<MonitorState> {
  const commands = state.records.flatMap(({ requestId, at, check }): MonitorCommand[] =>
    requestId === undefined
      ? []
      : [{ type: 'answer', requestId, answer: check ? { kind: 'checked', at, check } : { kind: 'done' } }],
  );
  return {
    state: withRetry({ ...state, records: [], isUnpublished: false }, { publishAt: null, publishFailures: 0 }),
    commands,
  };
}

function withRetry(state: MonitorState, retry: Partial<MonitorState['retry']>): MonitorState {
  return { ...state, retry: { ...noRetry, ...state.retry, ...retry } };
}

/** 10 s, 20 s ... at most 5 minutes. */
function retryDelayMs(failures: number): number {
  return Math.min(10_000 * 2 ** (failures - 1), 300_000);
}
