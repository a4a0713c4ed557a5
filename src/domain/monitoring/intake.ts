import { compiledRules } from './compiled-rules.js';
import type { MonitorCommand, ObservedEvent } from './commands.js';
import { creditNotices } from '../credit/credit-notices.js';
import {
  applyDeliveryOutcome,
  continueEpisodes,
  initialRuleState,
  keepRuleStates,
  withoutWait,
  type RuleState,
  type RuleStates,
} from './rule-state.js';
import { spreadMsOf, withInterval, type Schedule } from './schedule.js';
import type {
  CountedNotification,
  GrantTimes,
  MonitorConfig,
  MonitorState,
  StateDraft,
  StoredMonitor,
} from './state.js';

interface Intake {
  /** a copy that the caller may fill in */
  readonly state: StateDraft;
  readonly commands: readonly MonitorCommand[];
}

/** Takes in what the database said, before anything is decided: configuration, balance, status, temporary credit. */
export function takeObservation(given: MonitorState, event: ObservedEvent, now: number): Intake {
  const { observed, config, stored } = event;
  const configured = config ? withConfig(given, config, observed.refills, now) : given;
  const state: StateDraft = { ...(stored ? withStored(configured, stored, observed.refills) : configured) };
  const grant = state.config?.grant ?? null;
  // A monitor that has just begun knows of no change: what it finds is what was.
  const notices = given.config === null ? [] : creditNotices(state.grant, grant, now);
  state.retry = afterRead(state, config !== undefined && !isSameGrant(state.grant, grant));
  state.grant = grant;
  state.observed = observed;
  state.isStopped = observed.status === 'stop';
  state.unknownReads = observed.live === undefined ? state.unknownReads + 1 : 0;
  return { state, commands: notices.map((notice) => ({ type: 'notifyCredit', ...notice })) };
}

function isSameGrant(a: GrantTimes | null, b: GrantTimes | null): boolean {
  return a === b || (a !== null && b !== null && JSON.stringify(a) === JSON.stringify(b));
}

function afterRead({ retry }: MonitorState, isGrantChanged: boolean): MonitorState['retry'] {
  const creditAt = isGrantChanged ? null : retry.creditAt;
  if (retry.readAt === null && retry.readFailures === 0 && retry.creditAt === creditAt) return retry;
  return { ...retry, readAt: null, readFailures: 0, creditAt };
}

function withConfig(state: MonitorState, config: MonitorConfig, refillSeq: number, now: number): MonitorState {
  return {
    ...state,
    config,
    schedule: withEditedInterval(state, config, now),
    rules: keptRules(config, state.rules, refillSeq),
  };
}

/** The schedule under the interval of a configuration. */
export function withEditedInterval(state: MonitorState, config: MonitorConfig, now: number): Schedule {
  const { options, intervalMs } = config;
  const spread = spreadMsOf(state.clientId, intervalMs, { share: options.spreadShare, maxMs: options.spreadMaxMs });
  return withInterval(state.schedule, intervalMs, spread, now);
}

function keptRules(config: MonitorConfig, rules: RuleStates, refillSeq: number): RuleStates {
  const keys = compiledRules(config).rules.map(({ key }) => key);
  return keepRuleStates(keys, continueEpisodes(rules, config.episodes, refillSeq));
}

/** Takes up what an earlier run left that was lost: counters, silences, and the schedule. */
function withStored(state: MonitorState, stored: StoredMonitor, refillSeq: number): MonitorState {
  const rules = settledRules(stored.rules, stored.counted, refillSeq);
  const { schedule, config } = state;
  return {
    ...state,
    rules: config ? keptRules(config, rules, refillSeq) : rules,
    pausedBy: stored.pausedBy,
    silences: stored.silences,
    capacity: stored.capacity,
    lastCheckAt: stored.lastCheckAt,
    ...(stored.nextCheckAt !== null && {
      schedule: {
        ...schedule,
        isFirst: false,
        lastSlotAt: stored.nextCheckAt - schedule.intervalMs - schedule.spreadMs,
      },
    }),
  };
}

/**
 * Counters come from the later of read model and notifications. A notification that was pending counts where it reached
 * a server; else it is decided again, at once, under the same number.
 */
function settledRules(rules: RuleStates, counted: readonly CountedNotification[], refillSeq: number): RuleStates {
  const after: Record<string, RuleState> = { ...rules };
  // A read model without any rule was never published: it does not say that the notified rules were removed.
  const unpublished = Object.keys(rules).length === 0 ? initialRuleState(refillSeq) : null;
  for (const [rule, state] of Object.entries(rules)) {
    if (!state.pending) continue;
    const { episode, number } = state.pending;
    const hasReached = counted.some((last) => last.rule === rule && last.episode === episode && last.number === number);
    const pending = { ...state.pending, cancelledIn: 'change' as const };
    const outcome = hasReached ? 'accepted' : 'failed';
    after[rule] =
      applyDeliveryOutcome({ [rule]: { ...state, pending } }, { rule, episode, number }, outcome)[rule] ?? state;
  }
  for (const { rule, episode, number, decidedAt } of counted) {
    const state = after[rule] ?? unpublished;
    if (!state || episode < state.episode || (episode === state.episode && number <= state.count)) continue;
    after[rule] = {
      ...withoutWait(state),
      episode,
      count: number,
      periodFrom: decidedAt,
      hourFrom: decidedAt,
      lastNotifiedAt: decidedAt,
    };
  }
  return after;
}
