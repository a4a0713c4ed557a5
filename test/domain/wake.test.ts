import fc from 'fast-check';
import { evaluate, look, type Observation } from '../../src/domain/monitoring/evaluate.js';
import type { RuleStates } from '../../src/domain/monitoring/rule-state.js';
import { neverWake, wakeBounds, type WakeBounds } from '../../src/domain/monitoring/wake-bounds.js';
import { formatMoney, parseRate, rateUnit, type Micros } from '../../src/domain/money.js';
import type { RuleSet } from '../../src/domain/monitoring/rules.js';
import { client, rule, rules, startMs, warning } from './support/client.js';
import { ruleSet } from './support/walk.js';

const micros = fc.bigInt({ min: -200_000_000n, max: 200_000_000n });
const world = fc.record({
  live: micros,
  creditLimit: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 100_000_000n })),
  temporaryCredit: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 100_000_000n })),
  rate: fc.oneof(fc.constant(rateUnit), fc.bigInt({ min: 1n, max: 3n * rateUnit })),
});

function seen({
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

function wakes({ below, above }: WakeBounds, live: Micros): boolean {
  return (below !== null && live <= below) || (above !== null && live >= above);
}

/** True where a rule that was low is not any more. */
function recovers(set: RuleSet, before: RuleStates, after: RuleStates): boolean {
  return set.rules.some(({ key }) => before[key]?.low === true && after[key]?.low === false);
}

/** The new balance is often close to a bound, for that is where it matters. */
function nearby(bounds: WakeBounds): fc.Arbitrary<Micros> {
  const edges = [bounds.below, bounds.above].filter((edge) => edge !== null);
  return fc.oneof(micros, ...edges.map((edge) => fc.bigInt({ min: edge - 3n, max: edge + 3n })));
}

test('with trigger change no crossing goes unnoticed', () => {
  fc.assert(
    fc.property(ruleSet, world, fc.gen(), (set, now, g) => {
      const states = evaluate(set, {}, seen(now), startMs).ruleStates;
      const bounds = wakeBounds(set, states, seen(now), true);
      const live = g(() => nearby(bounds));
      if (look(set, states, seen({ ...now, live })).crossed) expect(wakes(bounds, live)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test('with trigger period no recovery goes unnoticed, and falls wake nobody', () => {
  fc.assert(
    fc.property(ruleSet, world, fc.gen(), (set, now, g) => {
      const states = evaluate(set, {}, seen(now), startMs).ruleStates;
      const bounds = wakeBounds(set, states, seen(now), false);
      expect(bounds.below).toBeNull();
      const live = g(() => nearby(bounds));
      const after = look(set, states, seen({ ...now, live })).ruleStates;
      if (recovers(set, states, after)) expect(wakes(bounds, live)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test('the bounds are close: a millionth beyond them, at a rate of one, a rule has crossed', () => {
  fc.assert(
    fc.property(ruleSet, world, (set, now) => {
      const plain = { ...now, rate: rateUnit };
      const states = evaluate(set, {}, seen(plain), startMs).ruleStates;
      const { below, above } = wakeBounds(set, states, seen(plain), true);
      const crossed = (live: Micros): boolean => look(set, states, seen({ ...plain, live })).crossed;
      if (below !== null) expect(crossed(below - 1n)).toBe(true);
      if (above !== null) expect(crossed(above + 1n)).toBe(true);
    }),
  );
});

test('the nearest thresholds on either side are the bounds', () => {
  const set = rules([rule(), rule({ key: 'user', threshold: { kind: 'below', value: '100.00' } }), warning('20.00')]);
  const observation = client('30', { credit: '10', temporary: '5' });
  const states = evaluate(set, {}, observation, startMs).ruleStates;
  const { below, above } = wakeBounds(set, states, observation, true);
  expect([below, above].map((edge) => edge !== null && formatMoney(edge))).toEqual(['5.00', '35.00']);
});

test('nothing wakes for a client without a limit, a balance or a rate', () => {
  const set = rules([rule()]);
  const states = evaluate(set, {}, client('10'), startMs).ruleStates;
  expect(wakeBounds(set, states, client('10', { unlimited: true }), true)).toEqual(neverWake);
  expect(wakeBounds(set, states, client('10', { balance: null }), true)).toEqual(neverWake);
  expect(wakeBounds(set, states, client('10', { rate: null }), true)).toEqual(neverWake);
});

test('a rate that does not divide evenly rounds towards waking early', () => {
  const set = rules([rule()]);
  const observation = client('60', { rate: parseRate('1.1') });
  const states = evaluate(set, {}, observation, startMs).ruleStates;
  expect(wakeBounds(set, states, observation, true).below).toBe(45_454_546n);
});
