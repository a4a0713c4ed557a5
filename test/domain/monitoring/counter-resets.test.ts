import type { Observation } from '../../../src/domain/monitoring/evaluate.js';
import { keepRuleStates, withManualReset, type RuleState } from '../../../src/domain/monitoring/rule-state.js';
import type { RuleDefinition } from '../../../src/domain/monitoring/rule-definition.js';
import { client, Evaluations, rule, rules, startMs, warning } from '../support/client.js';

/** Notified at the start with 10.00 left; an hour later something arrives; then low again after 2 and after 24 hours. */
function story(definition: Partial<RuleDefinition>, arrival: Observation): string[] {
  const evaluations = new Evaluations(rules([rule({ maxNotifications: 1, ...definition })]));
  evaluations.at(0, client('10'));
  evaluations.at(60, arrival, 'change');
  const lowAgain = client('10', { refillSeq: arrival.refillSeq });
  return [evaluations.at(2 * 60, lowAgain), evaluations.at(24 * 60, lowAgain)];
}

describe('what resets a counter', () => {
  test('a refill above the threshold: counter and period', () => {
    for (const resetOn of ['refill', 'recovery'] as const) {
      expect(story({ resetOn }, client('60', { refillSeq: 1 }))).toEqual(['client: sent 1', 'client: max_reached']);
    }
  });

  test('a refill that leaves the rule low: with resetOn refill the counter, not the period', () => {
    expect(story({}, client('20', { refillSeq: 1 }))).toEqual(['client: period_not_elapsed', 'client: sent 1']);
  });

  test('the same with resetOn recovery: neither', () => {
    expect(story({ resetOn: 'recovery' }, client('20', { refillSeq: 1 }))).toEqual([
      'client: max_reached',
      'client: max_reached',
    ]);
  });

  test.each([
    ['a credit limit', client('10', { credit: '40' })],
    ['a temporary credit', client('10', { temporary: '40' })],
    ['a correction', client('50')],
    ['a better rate', client('10', { rate: 5_000_000_000_000n })],
    ['no limit', client('10', { unlimited: true })],
  ])('%s that lifts the rule: the counter, not the period', (_, arrival) => {
    expect(story({}, arrival)).toEqual(['client: period_not_elapsed', 'client: sent 1']);
  });

  test.each([
    ['an unknown balance', client('60', { balance: null })],
    ['a stop or a pause', client('60', { paused: true })],
    ['a missing rate', client('60', { rate: null })],
  ])('not %s; a refill of that time is applied by the first evaluation that decides', (_, arrival) => {
    expect(story({}, arrival)).toEqual(['client: max_reached', 'client: max_reached']);
    expect(story({}, { ...arrival, refillSeq: 1 })).toEqual(['client: period_not_elapsed', 'client: sent 1']);
  });

  test('not a time off, and a refill of that time is applied when the rule is on again', () => {
    for (const [refillSeq, reason] of [
      [0, 'client: max_reached'],
      [1, 'client: sent 1'],
    ] as const) {
      const evaluations = new Evaluations(rules([rule({ maxNotifications: 1 })]));
      evaluations.at(0, client('10'));
      evaluations.ruleSet = rules([rule({ maxNotifications: 1, threshold: null })]);
      expect(evaluations.at(60, client('60', { refillSeq }))).toBe('client: off');
      evaluations.ruleSet = rules([rule({ maxNotifications: 1 })]);
      expect(evaluations.at(24 * 60, client('10', { refillSeq }))).toBe(reason);
    }
  });

  test('a percentage of a limit that is not positive is off, and keeps the counter', () => {
    const share = warning('75%', { threshold: { kind: 'debtShare', percent: '75' } });
    const evaluations = new Evaluations(rules([share]));
    expect(evaluations.at(0, client('-80', { credit: '100' }), 'change')).toBe('warning:75%: sent 1');
    expect(evaluations.at(60, client('-80', { credit: '-1' }), 'change')).toBe('warning:75%: off');
    expect(evaluations.at(120, client('-80', { credit: '100' }), 'change')).toBe('warning:75%: max_reached');
  });

  test('a warning threshold is reset only when it is no longer reached', () => {
    const evaluations = new Evaluations(rules([warning('25.00')]));
    evaluations.at(0, client('10'), 'change');
    expect(evaluations.at(60, client('25', { refillSeq: 1 }), 'change')).toBe('warning:25.00: max_reached');
    expect(evaluations.at(70, client('25.01', { refillSeq: 2 }), 'change')).toBe('warning:25.00: above_threshold');
    expect(evaluations.at(80, client('10', { refillSeq: 2 }), 'change')).toBe('warning:25.00: sent 1');
  });

  test('an edit of the threshold that leaves the rule not low', () => {
    const evaluations = new Evaluations(rules([rule({ maxNotifications: 1 })]));
    evaluations.at(0, client('10'));
    evaluations.ruleSet = rules([rule({ maxNotifications: 1, threshold: { kind: 'below', value: '5.00' } })]);
    expect(evaluations.at(60, client('10'), 'change')).toBe('client: above_threshold');
    evaluations.ruleSet = rules([rule({ maxNotifications: 1 })]);
    expect(evaluations.at(25 * 60, client('10'))).toBe('client: sent 1');
  });
});

describe('the episode', () => {
  const episodeAfter = (...observations: Observation[]): number | undefined => {
    const evaluations = new Evaluations(rules([rule()]));
    observations.forEach((observation, hour) => evaluations.at(hour * 60, observation));
    return evaluations.ruleStates['client']?.episode;
  };

  test('ends with a reset, so that no notification repeats the key of another', () => {
    expect(episodeAfter(client('10'), client('60'))).toBe(2);
    expect(episodeAfter(client('10'), client('20', { refillSeq: 1 }))).toBe(2);
  });

  test('continues where nothing was decided in it', () => {
    expect(episodeAfter(client('60'), client('60', { refillSeq: 1 }))).toBe(1);
  });
});

describe('a person and an edit', () => {
  const notified: RuleState = {
    count: 1,
    episode: 4,
    periodFrom: startMs,
    hourFrom: startMs,
    lastNotifiedAt: startMs,
    lowSince: startMs,
    refillSeq: 0,
  };

  test('a reset by hand clears counter, period, hour, and wait; the last notification stays known', () => {
    expect(withManualReset({ ...notified, failedAt: startMs })).toEqual({
      ...notified,
      count: 0,
      episode: 5,
      periodFrom: null,
      hourFrom: null,
    });
  });

  test('an edit keeps counter and period by key; a removed rule loses them', () => {
    expect(keepRuleStates(['user', 'client'], { client: notified, 'advanced:old': notified })).toEqual({
      client: notified,
    });
    const states = { client: notified };
    expect(keepRuleStates(['client', 'new'], states)).toBe(states);
  });

  test('a longer period counts from the same notification', () => {
    const evaluations = new Evaluations(rules([rule({ periodMs: 3_600_000 })]));
    evaluations.at(0, client('10'));
    evaluations.ruleSet = rules([rule({ periodMs: 2 * 3_600_000 })]);
    expect(evaluations.at(90, client('10'))).toBe('client: period_not_elapsed');
    expect(evaluations.at(120, client('10'))).toBe('client: sent 2');
  });
});
