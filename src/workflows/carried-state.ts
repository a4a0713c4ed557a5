import type { CarriedState, MonitorInput, PackedRuleState } from '../contract/monitor.js';
import { reasons, type Reason, type RuleState, type RuleStates, type Verdict } from '../domain/evaluate.js';

/** Between runs the state of a rule is a few small numbers, instants in seconds: the whole stays under 1 KB. */
export function packRules(states: RuleStates): Record<string, PackedRuleState> {
  return Object.fromEntries(Object.entries(states).map(([key, state]) => [key, packRule(state)]));
}

export function unpackRules(packed: Readonly<Record<string, PackedRuleState>>): RuleStates {
  return Object.fromEntries(Object.entries(packed).map(([key, state]) => [key, unpackRule(state)]));
}

function packRule({ count, sentAt, episode, low, since, refillSeq, sending }: RuleState): PackedRuleState {
  const settled = [count, toSeconds(sentAt), episode, low ? 1 : 0, toSeconds(since), refillSeq] as const;
  if (!sending) return settled;
  return [...settled, sending.episode, sending.number, toSeconds(sending.previousSentAt)];
}

function unpackRule(packed: PackedRuleState): RuleState {
  const [count, sentAt, episode, low, since, refillSeq, ...mail] = packed;
  const state = { count, sentAt: toMs(sentAt), episode, low: low === 1, since: toMs(since), refillSeq };
  const [sendingEpisode, number, previousSentAt] = mail;
  if (sendingEpisode === undefined || number === undefined) return state;
  return { ...state, sending: { episode: sendingEpisode, number, previousSentAt: toMs(previousSentAt ?? null) } };
}

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

function toSeconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1000;
}

function toMs(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1000;
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
