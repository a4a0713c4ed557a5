import fc from 'fast-check';
import type { DeliveryOutcome } from '../../../src/domain/monitoring/rule-state.js';
import { advancedRule } from '../../../src/domain/monitoring/rule-identity.js';
import type { RuleDefinition } from '../../../src/domain/monitoring/rule-definition.js';
import type { MonitorState } from '../../../src/domain/monitoring/state.js';
import { hourMs, minuteMs } from './client.js';
import { MonitorWorld } from './monitor-world.js';
import type { Mail, Terms } from './monitor-world-types.js';

/** Random lives of one client, for properties that hold in all of them. */

/** How many lives a property tries: `LIVES=5000 npm test -- test/domain/monitoring/step-properties.test.ts` for a long search. */
export const lives = { numRuns: Number(process.env['LIVES'] ?? 80) };

/** What happens `minutes` after what happened before. */
export interface Happening {
  readonly minutes: number;
  readonly apply: (world: MonitorWorld) => void;
  readonly toString: () => string;
}

const cents = (min: number, max: number): fc.Arbitrary<bigint> =>
  fc.integer({ min, max }).map((value) => BigInt(value) * 10_000n);
const outcomes = fc.constantFrom<DeliveryOutcome[]>('accepted', 'accepted', 'failed', 'uncertain');

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
  return fc.constantFrom('-20.00', '0.00', '20.00', '50.00', '50.01', '80.00');
}

/** One to four rules of distinct keys. */
export const definitions: fc.Arbitrary<RuleDefinition[]> = fc
  .array(
    fc.record({
      action: fc.constant('notify' as const),
      trigger: fc.constantFrom('period' as const, 'change' as const, 'change' as const),
      threshold,
      inactivityDays: fc.constantFrom(null, null, null, null, 1, 2),
      maxNotifications: fc.constantFrom(1, 2, 3, null),
      periodMs: fc.constantFrom(0, hourMs, 3 * hourMs, 3 * hourMs, 24 * hourMs),
      resetOn: fc.constantFrom('refill' as const, 'recovery' as const),
      recipients: fc.subarray(['owner', 'billing', 'noc']),
      ranked: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((made) => made.map((definition, index) => ({ ...advancedRule(String(index)), ...definition })));

export const terms: fc.Arbitrary<Terms> = fc.record({
  definitions,
  whenSeveral: fc.constantFrom('each' as const, 'mostSevere' as const),
  intervalMs: fc.constantFrom(hourMs / 4, hourMs, 6 * hourMs, 24 * hourMs),
});

const mail: fc.Arbitrary<Mail> = fc.record({
  seconds: fc.constantFrom(0, 0, 0, 20, 600, 1800, 7200),
  outcome: outcomes,
  cancelled: fc.record({ seconds: fc.constantFrom(0, 0, 15, 600), outcome: outcomes }),
});

type Change = readonly [string, (world: MonitorWorld) => void];

function change<T>(
  name: string,
  values: fc.Arbitrary<T>,
  apply: (world: MonitorWorld, value: T) => void,
): fc.Arbitrary<Change> {
  return values.map((value): Change => [`${name} ${fc.stringify(value)}`, (world) => apply(world, value)]);
}

/** Sets fields of the world, then signals as the database does after such a change. */
function set<K extends keyof MonitorWorld>(key: K, values: fc.Arbitrary<MonitorWorld[K]>): fc.Arbitrary<Change> {
  return change(key, values, (world, value) => {
    world[key] = value;
    world.signal();
  });
}

const ruleKey = fc.constantFrom('advanced:0', 'advanced:1', 'advanced:9');

const money: fc.WeightedArbitrary<Change>[] = [
  { weight: 9, arbitrary: change('charge', cents(1, 9_000), (world, value) => world.charge(value)) },
  { weight: 6, arbitrary: change('pay', cents(1, 9_000), (world, value) => world.pay(value)) },
  /** jumps across the thresholds without a refill */
  { weight: 7, arbitrary: set('live', fc.constantFrom(-40_000_000n, 10_000_000n, 30_000_000n, 100_000_000n)) },
  { weight: 1, arbitrary: set('creditLimit', cents(-1_000, 8_000)) },
  { weight: 1, arbitrary: set('isStopped', fc.boolean()) },
  { weight: 1, arbitrary: set('isSourceUp', fc.boolean()) },
  { weight: 1, arbitrary: set('rate', fc.constantFrom(undefined, null, '1.1', '0.5')) },
  {
    weight: 1,
    arbitrary: change('isUnlimited', fc.boolean(), (world, value) => {
      world.isUnlimited = value;
      world.reconfigure();
    }),
  },
  {
    weight: 2,
    arbitrary: change('grant', fc.constantFrom(0, 30, 90, 400), (world, minutes) => {
      const { now } = world;
      const [until, warnAt] = [now + (minutes + 60) * minuteMs, now + (minutes + 30) * minuteMs];
      const id = String(now);
      world.grant =
        minutes === 0
          ? null
          : { id, seq: now, version: 1, amount: '40.00', from: now, until, warnAt, started: true, warned: false };
      world.reconfigure();
    }),
  },
];

const people: fc.WeightedArbitrary<Change>[] = [
  { weight: 2, arbitrary: change('checkNow', fc.constant(null), (world) => world.request({ kind: 'checkNow' })) },
  { weight: 1, arbitrary: change('reset', ruleKey, (world, rule) => world.request({ kind: 'resetRule', rule })) },
  {
    weight: 2,
    arbitrary: change(
      'silence',
      fc.tuple(fc.constantFrom('*', 'advanced:0'), fc.constantFrom(-1, 7, 50, 300)),
      (world, [rule, minutes]) => {
        const until = minutes < 0 ? null : world.now + minutes * minuteMs;
        world.request({ kind: 'silence', until, ...(rule !== '*' && { rule }) });
      },
    ),
  },
  {
    weight: 1,
    arbitrary: change('pause', fc.boolean(), (world, isPaused) =>
      world.request({ kind: isPaused ? 'pause' : 'resume' }),
    ),
  },
  { weight: 2, arbitrary: change('edit', fc.record({ definitions }), (world, edit) => world.edit(edit)) },
  {
    weight: 1,
    arbitrary: change(
      'editTerms',
      fc.record({
        intervalMs: fc.constantFrom(hourMs / 4, hourMs, 24 * hourMs),
        whenSeveral: fc.constantFrom('each' as const, 'mostSevere' as const),
      }),
      (world, edit) => world.edit(edit),
    ),
  },
];

const failures: fc.WeightedArbitrary<Change>[] = [
  { weight: 4, arbitrary: change('mail', mail, (world, value) => void (world.mail = value)) },
  { weight: 1, arbitrary: change('failingReads', fc.nat(3), (world, count) => void (world.failingReads = count)) },
  { weight: 1, arbitrary: change('failingWrites', fc.nat(3), (world, count) => void (world.failingWrites = count)) },
  {
    weight: 2,
    arbitrary: change('failingCredit', fc.nat(2), (world, count) => void (world.failingCreditSteps = count)),
  },
  { weight: 1, arbitrary: change('renew', fc.constant(null), (world) => world.renew()) },
];

function happeningsOf(changes: fc.WeightedArbitrary<Change>[], maxLength: number): fc.Arbitrary<Happening[]> {
  const minutes = fc.constantFrom(0, 0, 1, 5, 20, 30, 60, 90, 600, 1440);
  const happening = fc
    .tuple(minutes, fc.oneof(...changes))
    .map(([gap, [name, apply]]): Happening => ({ minutes: gap, apply, toString: () => `+${gap}min ${name}` }));
  return fc.array(happening, { minLength: 1, maxLength });
}

export const happenings = happeningsOf([...money, ...people, ...failures], 40);
/** Without edits, requests, and failures. */
export const moneyHappenings = happeningsOf([...money, failures[0] as fc.WeightedArbitrary<Change>], 40);

/** Plays a life to a day after its last happening. */
export function play(
  given: Terms,
  life: readonly Happening[],
  options: {
    readonly between?: (state: MonitorState) => MonitorState;
    readonly onSleep?: (world: MonitorWorld, fromMs: number, wakeMs: number) => void;
  } = {},
): MonitorWorld {
  const world = new MonitorWorld(given, options.between);
  const onSleep = (fromMs: number, wakeMs: number): void => options.onSleep?.(world, fromMs, wakeMs);
  for (const { minutes, apply } of life) {
    world.advance(world.now + minutes * minuteMs, onSleep);
    apply(world);
  }
  world.advance(world.now + 25 * hourMs, onSleep);
  return world;
}
