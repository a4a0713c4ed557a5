import type { RuleState, RuleStates } from '../domain/evaluate.js';
import type { PackedRuleState } from './monitor.js';

/** Between runs and in the read model the state of a rule is a few small numbers, instants in seconds. */
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

function toSeconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1000;
}

function toMs(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1000;
}
