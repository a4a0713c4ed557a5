import { isSame, type OracleRule } from './rules.js';
import { allRules, type World } from './world.js';

export const hourMs = 3_600_000;

export type Reason =
  | 'off'
  | 'paused'
  | 'balance_unknown'
  | 'unlimited'
  | 'no_rate'
  | 'above_threshold'
  | 'not_inactive'
  | 'no_recipients'
  | 'superseded'
  | 'silenced'
  | 'max_reached'
  | 'period_not_elapsed'
  | 'waiting_for_check'
  | 'sent';

/** A notification that waits for the mail server, or for receivers of channels. */
export interface Pending {
  readonly decidedMs: number;
  readonly number: number;
  readonly to: readonly string[];
  /** of `to`: who has accepted it */
  readonly reached: readonly string[];
  /** of `to`: who has refused it for good */
  readonly refusing: readonly string[];
  readonly available: string;
  /** order among the rules of its evaluation */
  readonly place: number;
  readonly attempts: number;
  readonly nextAttemptMs: number;
}

/** What the monitor keeps of one rule. */
export interface RuleMemory {
  /** accepted notifications since the last reset */
  count: number;
  /** decision of the last accepted notification whose period still runs; null: none */
  periodFromMs: number | null;
  /** decision of the last accepted notification, for the hour; cleared only by a person */
  hourFromMs: number | null;
  /** refills that were applied to this rule */
  refills: number;
  pending: Pending | null;
  /** decision of a notification that failed and after which the rule waits; null: it does not wait */
  failedMs: number | null;
}

export interface Verdict {
  readonly reason: Reason;
  readonly to: readonly string[];
}

export interface Moment {
  readonly world: World;
  readonly rules: readonly OracleRule[];
  readonly memories: ReadonlyMap<string, RuleMemory>;
  readonly nowMs: number;
  /** a scheduled or a manual check */
  readonly isCheck: boolean;
}

/** The first reason that keeps the rule from being decided or low at all; null: it is low. */
export function levelReason(rule: OracleRule, world: World): Reason | null {
  if (rule.level === 'off') return 'off';
  if (world.isStopped || world.isPaused) return 'paused';
  if (!world.isSourceUp) return 'balance_unknown';
  if (rule.level === 'unlimited') return 'unlimited';
  if (rule.level === 'no_rate') return 'no_rate';
  if (rule.level === 'not_low') return 'above_threshold';
  return null;
}

/** The verdict of one rule, with the recipients that are left to it. Counters are up to date. */
export function judge(rule: OracleRule, moment: Moment): Verdict {
  const { world, nowMs, isCheck } = moment;
  const to = recipientsLeft(rule, moment);
  const memory = moment.memories.get(rule.key);
  if (!memory) throw new Error(`the rule ${rule.key} has no memory`);
  return { reason: reasonOf(), to };

  function reasonOf(): Reason {
    const level = levelReason(rule, world);
    if (level) return level;
    if (rule.action === 'capacity' || rule.action === 'autopay') return 'sent';
    if (!isInactive(rule, moment)) return 'not_inactive';
    if (rule.action === 'notify' && rule.to.length === 0) return 'no_recipients';
    if (rule.action === 'notify' && to.length === 0) return 'superseded';
    if (isSilenced(rule, world, nowMs)) return 'silenced';
    if (rule.maxNotifications !== null && countOf(memory as RuleMemory) >= rule.maxNotifications) return 'max_reached';
    if (nowMs < mayAgainMs(rule, memory as RuleMemory)) return 'period_not_elapsed';
    if (!isCheck && (!rule.sendsOnChange || memory?.failedMs !== null)) return 'waiting_for_check';
    return 'sent';
  }
}

/** Under `mostSevere` each recipient belongs to the lowest threshold that is low; of equal ones to the earlier rule. */
function recipientsLeft(rule: OracleRule, moment: Moment): string[] {
  return rule.to.filter((address) => {
    if (rule.rank === null) return true;
    const rivals = moment.rules.filter(
      (other) =>
        other.rank !== null &&
        levelReason(other, moment.world) === null &&
        isInactive(other, moment) &&
        other.to.some((theirs) => isSame(theirs, address)),
    );
    let winner: OracleRule | null = null;
    for (const rival of rivals) if (!winner || (rival.rank as bigint) < (winner.rank as bigint)) winner = rival;
    return winner === null || winner.key === rule.key;
  });
}

function isInactive(rule: OracleRule, { world, nowMs }: Moment): boolean {
  return nowMs - world.lastChargeMs >= rule.inactivityMs;
}

function isSilenced(rule: OracleRule, world: World, nowMs: number): boolean {
  const holds = world.clientsSilences.some(({ tag, fromMs, untilMs, endedMs = untilMs }) => {
    const covers = tag === null || world.tags.some((own) => own.toLowerCase() === tag.toLowerCase());
    return covers && fromMs <= nowMs && nowMs < untilMs && nowMs < endedMs;
  });
  if (holds) return true;
  return [rule.key, allRules].some((key) => (world.silences.get(key) ?? 0) > nowMs);
}

/** A pending notification holds its number, period, and hour. */
export function countOf(memory: RuleMemory): number {
  return memory.count + (memory.pending ? 1 : 0);
}

/** The instant from which period and hour allow the next notification. */
export function mayAgainMs(rule: OracleRule, memory: RuleMemory): number {
  const pendingMs = memory.pending?.decidedMs ?? null;
  const periodFromMs = pendingMs ?? memory.periodFromMs ?? Number.NEGATIVE_INFINITY;
  const hourFromMs = pendingMs ?? memory.hourFromMs ?? Number.NEGATIVE_INFINITY;
  return Math.max(periodFromMs + rule.periodMs, hourFromMs + hourMs);
}
