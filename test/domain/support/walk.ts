import fc from 'fast-check';
import type { DeliveryOutcome } from '../../../src/domain/monitoring/rule-state.js';
import type { Observation } from '../../../src/domain/monitoring/evaluate.js';
import { evaluate, look, settle, type Verdict } from '../../../src/domain/monitoring/evaluate.js';
import type { RuleStates } from '../../../src/domain/monitoring/rule-state.js';
import { rateUnit, type Rate } from '../../../src/domain/money.js';
import { compileRules, type RuleDefinition, type RuleSet } from '../../../src/domain/monitoring/rules.js';
import { hourMs, startMs } from './client.js';

/** Random lives of a client, for properties that must hold in all of them. */

/** Something that happens to the client `minutes` after what happened before, or a check. */
export interface Step {
  readonly minutes: number;
  readonly what:
    | { readonly kind: 'check'; readonly outcome: DeliveryOutcome }
    | { readonly kind: 'move'; readonly cents: number }
    | { readonly kind: 'refill'; readonly cents: number }
    | { readonly kind: 'limit'; readonly cents: number }
    | { readonly kind: 'status'; readonly paused: boolean }
    | { readonly kind: 'source'; readonly up: boolean }
    | { readonly kind: 'rate'; readonly rate: Rate | null };
}

const cents = fc.integer({ min: -8_000, max: 8_000 });
const positive = fc.integer({ min: 1, max: 12_000 });

export const step: fc.Arbitrary<Step> = fc.record({
  minutes: fc.constantFrom(0, 1, 20, 60, 90, 600, 1440),
  what: fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('check' as const),
        outcome: fc.constantFrom<DeliveryOutcome[]>('accepted', 'accepted', 'accepted', 'uncertain', 'failed'),
      }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('move' as const), cents }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('refill' as const), cents: positive }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('limit' as const), cents: positive }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('status' as const), paused: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('source' as const), up: fc.boolean() }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('rate' as const),
        rate: fc.constantFrom(null, rateUnit, 1_100_000_000_000n, 500_000_000_000n),
      }),
    },
  ),
});

const threshold: fc.Arbitrary<RuleDefinition['threshold']> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('below' as const), value: amount() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('atMost' as const), value: amount() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('debtAtLeast' as const), value: amount() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('debtShare' as const), percent: fc.constantFrom('50', '75.5') }),
  },
  { weight: 1, arbitrary: fc.constant(null) },
);

function amount(): fc.Arbitrary<string> {
  return fc.integer({ min: -5_000, max: 10_000 }).map((value) => (value / 100).toFixed(2));
}

/** One to five rules of distinct keys. */
export const definitions: fc.Arbitrary<RuleDefinition[]> = fc
  .array(
    fc.record({
      threshold,
      inactivityDays: fc.constantFrom(null, null, 1, 2),
      maxNotifications: fc.constantFrom(1, 2, 3, null),
      periodMs: fc.constantFrom(hourMs, 24 * hourMs),
      resetOn: fc.constantFrom('refill' as const, 'recovery' as const),
      recipients: fc.subarray(['owner', 'billing', 'noc']),
      ranked: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((made) => made.map((definition, index) => ({ ...definition, key: `advanced:${index}` })));

export const ruleSet: fc.Arbitrary<RuleSet> = fc
  .tuple(definitions, fc.constantFrom('each' as const, 'mostSevere' as const))
  .map(([made, whenSeveral]) => compileRules(made, whenSeveral));

/** What was seen and decided at one step of a life. */
export interface Moment {
  readonly nowMs: number;
  readonly observation: Observation;
  readonly before: RuleStates;
  readonly after: RuleStates;
  /** empty where the step was no check */
  readonly verdicts: readonly Verdict[];
  readonly outcome: DeliveryOutcome | null;
}

/** Lives a life: looks after everything that happens, decides at the checks, hears at once how their mails ended. */
export function live(
  set: RuleSet,
  steps: readonly Step[],
  between = (states: RuleStates): RuleStates => states,
): Moment[] {
  let nowMs = startMs;
  let states: RuleStates = {};
  let seen: Observation = {
    balance: { live: 60_000_000n, creditLimit: 0n, temporaryCredit: 0n },
    rate: rateUnit,
    refillSeq: 0,
    lastChargeAt: startMs,
    unlimited: false,
    paused: false,
    silences: {},
  };
  let balance = seen.balance;
  let up = true;
  return steps.map(({ minutes, what }): Moment => {
    nowMs += minutes * 60_000;
    const before = between(states);
    if (what.kind === 'check') {
      const decided = evaluate(set, before, seen, nowMs);
      states = decided.verdicts.reduce(
        (settled, verdict) => settleOne(settled, verdict, what.outcome),
        decided.ruleStates,
      );
      return { nowMs, observation: seen, before, after: states, verdicts: decided.verdicts, outcome: what.outcome };
    }
    if (what.kind === 'move' || what.kind === 'refill')
      balance = balance && { ...balance, live: balance.live + BigInt(what.cents) * 10_000n };
    if (what.kind === 'limit') balance = balance && { ...balance, creditLimit: BigInt(what.cents) * 10_000n };
    if (what.kind === 'source') up = what.up;
    seen = {
      ...seen,
      balance: up ? balance : null,
      ...(what.kind === 'move' && what.cents < 0 && { lastChargeAt: nowMs }),
      ...(what.kind === 'refill' && { refillSeq: seen.refillSeq + 1 }),
      ...(what.kind === 'status' && { paused: what.paused }),
      ...(what.kind === 'rate' && { rate: what.rate }),
    };
    states = look(set, before, seen).ruleStates;
    return { nowMs, observation: seen, before, after: states, verdicts: [], outcome: null };
  });
}

function settleOne(states: RuleStates, verdict: Verdict, outcome: DeliveryOutcome): RuleStates {
  const { rule, episode, number } = verdict;
  return episode === undefined || number === undefined ? states : settle(states, { rule, episode, number }, outcome);
}
