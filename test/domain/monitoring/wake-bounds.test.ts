import fc from 'fast-check';
import { ruleLevels, type Observation } from '../../../src/domain/monitoring/evaluate.js';
import { compileRules, type RuleSet } from '../../../src/domain/monitoring/rules.js';
import { noWakeBounds } from '../../../src/domain/monitoring/state.js';
import { wakeBoundsOf } from '../../../src/domain/monitoring/wake-bounds.js';
import { moneyOf, parseRate, rateUnit, type Micros } from '../../../src/domain/money.js';
import { client, dayMs, rule, rules, startMs, warning } from '../support/client.js';
import { definitions } from '../support/random-life.js';

const micros = fc.bigInt({ min: -200_000_000n, max: 200_000_000n });
const world = fc.record({
  live: micros,
  creditLimit: fc.oneof(fc.constant(0n), fc.bigInt({ min: -10_000_000n, max: 100_000_000n })),
  temporaryCredit: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 100_000_000n })),
  rate: fc.oneof(fc.constant(rateUnit), fc.bigInt({ min: 1n, max: 3n * rateUnit })),
});
/** Without inactivity, where each bound belongs to one threshold or to zero. */
const ruleSets = definitions.map((made) =>
  compileRules(
    made.map((one) => ({ ...one, inactivityDays: null })),
    'each',
  ),
);

function observationOf({
  rate,
  ...balance
}: {
  live: Micros;
  creditLimit: Micros;
  temporaryCredit: Micros;
  rate: bigint;
}): Observation {
  return client('0', { balance, rate });
}

/** On which side of everything the client is. */
function sides(set: RuleSet, observation: Observation): string {
  const { balance } = observation;
  const available = balance ? balance.live + balance.creditLimit + balance.temporaryCredit : 0n;
  return [...ruleLevels(set, observation, {}), available <= 0n].join();
}

test('the bounds are exact: at them something changes sides, a millionth before them nothing does', () => {
  fc.assert(
    fc.property(ruleSets, world, (set, now) => {
      const bounds = wakeBoundsOf(set, {}, observationOf(now), startMs);
      const is = sides(set, observationOf(now));
      const at = (live: Micros): string => sides(set, observationOf({ ...now, live }));
      for (const [bound, inward] of [
        [bounds.below, 1n],
        [bounds.above, -1n],
      ] as const) {
        if (bound === null) continue;
        expect(at(moneyOf(bound))).not.toBe(is);
        expect(at(moneyOf(bound) + inward)).toBe(is);
      }
    }),
    { numRuns: 2000 },
  );
});

test('no balance between the bounds changes sides', () => {
  fc.assert(
    fc.property(ruleSets, world, micros, (set, now, live) => {
      const { below, above } = wakeBoundsOf(set, {}, observationOf(now), startMs);
      const isOutside = (below !== null && live <= moneyOf(below)) || (above !== null && live >= moneyOf(above));
      if (!isOutside) expect(sides(set, observationOf({ ...now, live }))).toBe(sides(set, observationOf(now)));
    }),
    { numRuns: 2000 },
  );
});

test('the nearest thresholds on either side are the bounds, whatever the triggers', () => {
  const set = rules([rule(), rule({ key: 'user', threshold: { kind: 'below', value: '100.00' } }), warning('20.00')]);
  const bounds = wakeBoundsOf(set, {}, client('30', { credit: '10', temporary: '5' }), startMs);
  expect(bounds).toEqual({ below: '5.00', above: '35.00' });
});

test('without a rule in reach the available balance reaching zero is the bound, for the state', () => {
  expect(wakeBoundsOf(rules([]), {}, client('30', { credit: '10' }), startMs)).toEqual({
    below: '-10.00',
    above: null,
  });
  expect(wakeBoundsOf(rules([]), {}, client('-10', { credit: '10' }), startMs)).toEqual({
    below: null,
    above: '-9.999999',
  });
});

test('nothing signals for a client without a limit or a balance, or while it is stopped or paused', () => {
  for (const changes of [{ unlimited: true }, { balance: null }, { paused: true }]) {
    expect(wakeBoundsOf(rules([rule()]), {}, client('10', changes), startMs)).toEqual(noWakeBounds);
  }
});

test('a rule without a rate has no bound, zero and the warning thresholds have', () => {
  const set = rules([rule(), warning('25.00')]);
  expect(wakeBoundsOf(set, {}, client('60', { rate: null }), startMs)).toEqual({ below: '25.00', above: null });
});

test('a rate that does not divide evenly gives the first millionth that changes sides', () => {
  expect(wakeBoundsOf(rules([rule()]), {}, client('60', { rate: parseRate('1.1') }), startMs).below).toBe('45.454545');
});

test('any charge signals while an inactivity rule is low and its inactivity holds, then no more', () => {
  const idle = rule({ key: 'advanced:idle', inactivityDays: 1 });
  for (const policy of ['each', 'mostSevere'] as const) {
    const set = rules([rule({ trigger: 'change' }), idle], policy);
    expect(wakeBoundsOf(set, {}, client('40'), startMs + dayMs).below).toBe('39.999999');
    const charged = client('39', { lastChargeAt: startMs + dayMs });
    expect(wakeBoundsOf(set, {}, charged, startMs + dayMs).below).toBe('0.00');
    expect(wakeBoundsOf(set, {}, client('60'), startMs + dayMs).below).toBe('49.999999');
  }
});
