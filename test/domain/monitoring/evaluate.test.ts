import { evaluate, type Observation } from '../../../src/domain/monitoring/evaluate.js';
import type { RuleStates } from '../../../src/domain/monitoring/rule-state.js';
import { parseRate } from '../../../src/domain/money.js';
import type { RuleDefinition } from '../../../src/domain/monitoring/rule-definition.js';
import {
  client,
  dayMs,
  describeVerdicts,
  Evaluations,
  hourMs,
  rule,
  rules,
  startMs,
  warning,
} from '../support/client.js';

/** The verdict of the first check of a client. */
function firstCheck(definition: RuleDefinition, observation: Observation, now = startMs): string {
  return describeVerdicts(evaluate(rules([definition]), {}, observation, now, 'check').verdicts).join();
}

describe('low', () => {
  test.each([
    ['50.000001', 'client: above_threshold'],
    ['50.00', 'client: above_threshold'],
    ['49.999999', 'client: sent 1'],
  ])('a profile rule of 50.00 says of %s: %s', (live, verdict) => {
    expect(firstCheck(rule(), client(live))).toBe(verdict);
  });

  test.each([
    ['25.000001', 'warning:25.00: above_threshold'],
    ['25.00', 'warning:25.00: sent 1'],
    ['24.999999', 'warning:25.00: sent 1'],
  ])('a low funds warning of 25.00 says of %s: %s', (live, verdict) => {
    expect(firstCheck(warning('25.00'), client(live))).toBe(verdict);
  });

  test.each([
    ['-749.999999', 'above_threshold'],
    ['-750', 'sent 1'],
    ['-800', 'sent 1'],
  ])('a debt of 75 %% of a limit of 1000.00 is reached at live %s: %s', (live, verdict) => {
    const share = warning('75%', { threshold: { kind: 'debtShare', percent: '75' } });
    expect(firstCheck(share, client(live, { credit: '1000' }))).toBe(`warning:75%: ${verdict}`);
  });

  test('a share of a limit that is not positive is no threshold', () => {
    const share = warning('75%', { threshold: { kind: 'debtShare', percent: '75' } });
    expect(firstCheck(share, client('-100'))).toBe('warning:75%: off');
  });

  test('a share does not widen with a temporary credit, available does', () => {
    const share = warning('75%', { threshold: { kind: 'debtShare', percent: '75' } });
    expect(firstCheck(share, client('-80', { credit: '100', temporary: '500' }))).toBe('warning:75%: sent 1');
    expect(firstCheck(rule(), client('-80', { credit: '100', temporary: '30' }))).toBe('client: above_threshold');
  });

  test.each([
    ['949.999999', 'sent 1'],
    ['950', 'sent 1'],
    ['950.000001', 'above_threshold'],
  ])('a debt threshold of %s with a debt of 950: %s', (value, verdict) => {
    const debt = warning(value, { threshold: { kind: 'debtAtLeast', value } });
    expect(firstCheck(debt, client('-950', { credit: '1000' }))).toBe(`warning:${value}: ${verdict}`);
  });

  test('the threshold is compared in the profile currency, without rounding', () => {
    expect(firstCheck(rule(), client('45.454545', { rate: parseRate('1.1') }))).toBe('client: sent 1');
    expect(firstCheck(rule(), client('45.454546', { rate: parseRate('1.1') }))).toBe('client: above_threshold');
  });

  test('warnings are in the currency of the client: no rate is needed', () => {
    expect(firstCheck(rule(), client('10', { rate: null }))).toBe('client: no_rate');
    expect(firstCheck(warning('25.00'), client('10', { rate: null }))).toBe('warning:25.00: sent 1');
  });
});

describe('the first reason that applies is the verdict', () => {
  const silenced = { '*': startMs + hourMs };
  const everything = rule({ threshold: null, inactivityDays: 4, recipients: [], maxNotifications: 1 });
  const everyReason: Observation = client('10', {
    paused: true,
    balance: null,
    unlimited: true,
    rate: null,
    silences: silenced,
  });
  const known = client('10').balance;
  const sentBefore: RuleStates = {
    client: {
      count: 1,
      episode: 1,
      periodFrom: startMs - hourMs,
      hourFrom: startMs - hourMs,
      lastNotifiedAt: startMs - hourMs,
      lowSince: startMs - hourMs,
      refillSeq: 0,
    },
  };

  /** From each line on, what the lines before named no longer applies. */
  const table: [string, Partial<RuleDefinition>, Partial<Observation>][] = [
    ['off', {}, {}],
    ['paused', { threshold: { kind: 'below', value: '50.00' } }, {}],
    ['balance_unknown', {}, { paused: false }],
    ['unlimited', {}, { balance: known }],
    ['no_rate', {}, { unlimited: false }],
    ['above_threshold', {}, { balance: client('60').balance, rate: parseRate('1') }],
    ['not_inactive', {}, { balance: known }],
    ['no_recipients', { inactivityDays: null }, {}],
    ['silenced', { recipients: ['billing'] }, {}],
    ['max_reached', {}, { silences: {} }],
    ['period_not_elapsed', { maxNotifications: 2 }, {}],
    ['waiting_for_check', { periodMs: hourMs }, {}],
    ['sent', { trigger: 'change' }, {}],
  ];

  test.each(table.map(([reason], index) => [reason, index] as const))('%s', (reason, index) => {
    const steps = table.slice(0, index + 1);
    const definition = steps.reduce((made, [, change]) => ({ ...made, ...change }), everything);
    const observation = steps.reduce((made, [, , change]) => ({ ...made, ...change }), everyReason);
    const [verdict] = evaluate(rules([definition]), sentBefore, observation, startMs, 'change').verdicts;
    expect(verdict?.reason).toBe(reason);
  });
});

describe('inactivity', () => {
  const idle = rule({ key: 'advanced:idle', inactivityDays: 4 });

  test.each([
    [4 * dayMs - 1000, 'advanced:idle: not_inactive'],
    [4 * dayMs, 'advanced:idle: sent 1'],
  ])('four days of 24 hours without a charge: after %i ms %s', (elapsedMs, verdict) => {
    expect(firstCheck(idle, client('10'), startMs + elapsedMs)).toBe(verdict);
  });

  test('a client that was never charged counts from its creation', () => {
    expect(firstCheck(idle, client('10', { lastChargeAt: startMs - 5 * dayMs }))).toBe('advanced:idle: sent 1');
  });

  test('becoming active again does not reset the counter', () => {
    const evaluations = new Evaluations(rules([rule({ inactivityDays: 1, maxNotifications: 1 })]));
    expect(evaluations.at(24 * 60, client('10'))).toBe('client: sent 1');
    const charged = client('9', { lastChargeAt: startMs + dayMs + hourMs });
    expect(evaluations.at(30 * 60, charged)).toBe('client: not_inactive');
    expect(evaluations.at(3 * 24 * 60, charged)).toBe('client: max_reached');
  });
});

describe('counter, period, and hour', () => {
  test('a rule sends its maximum, each a period after the last, then stops', () => {
    const evaluations = new Evaluations(rules([rule({ maxNotifications: 2 })]));
    expect([0, 1, 23, 24, 48, 72].map((hours) => evaluations.at(hours * 60, client('10')))).toEqual([
      'client: sent 1',
      'client: period_not_elapsed',
      'client: period_not_elapsed',
      'client: sent 2',
      'client: max_reached',
      'client: max_reached',
    ]);
  });

  test('without a maximum it goes on', () => {
    const evaluations = new Evaluations(rules([rule({ maxNotifications: null })]));
    for (let day = 0; day < 50; day++) {
      expect(evaluations.at(day * 24 * 60, client('10'))).toBe(`client: sent ${day + 1}`);
    }
  });

  test('the hour holds where the period is shorter, also for a warning threshold, between decisions', () => {
    const evaluations = new Evaluations(rules([warning('25.00')]));
    expect(evaluations.at(0, client('10'), 'change')).toBe('warning:25.00: sent 1');
    expect(evaluations.at(10, client('60', { refillSeq: 1 }), 'change')).toBe('warning:25.00: above_threshold');
    expect(evaluations.at(59, client('10', { refillSeq: 1 }), 'change')).toBe('warning:25.00: period_not_elapsed');
    expect(evaluations.at(60, client('10', { refillSeq: 1 }), 'change')).toBe('warning:25.00: sent 1');
  });

  test('an uncertain notification counts, a failed one frees number, period, and hour', () => {
    for (const [outcome, later] of [
      ['uncertain', 'client: period_not_elapsed'],
      ['failed', 'client: sent 2'],
    ] as const) {
      const evaluations = new Evaluations(rules([rule()]));
      evaluations.at(0, client('10'));
      expect(evaluations.at(24 * 60, client('10'), 'check', outcome)).toBe('client: sent 2');
      expect(evaluations.at(24 * 60 + 30, client('10'))).toBe(later);
    }
  });

  test('a pending notification counts toward the maximum and blocks the next', () => {
    const evaluations = new Evaluations(rules([rule({ maxNotifications: 2, periodMs: 0 })]));
    expect(evaluations.at(0, client('10'), 'check', 'pending')).toBe('client: sent 1');
    expect(evaluations.at(120, client('10'))).toBe('client: period_not_elapsed');
  });

  test('evaluating again at the same instant sends nothing more and changes nothing', () => {
    const set = rules([rule({ periodMs: 0, maxNotifications: null })]);
    const first = evaluate(set, {}, client('10'), startMs, 'check');
    const second = evaluate(set, first.ruleStates, client('10'), startMs, 'check');
    expect(describeVerdicts(second.verdicts)).toEqual(['client: period_not_elapsed']);
    expect(second.ruleStates).toBe(first.ruleStates);
  });
});

describe('the first evaluation', () => {
  test('notifies at once when the client is already low, whatever was paid before', () => {
    expect(firstCheck(rule(), client('10', { refillSeq: 12 }))).toBe('client: sent 1');
  });

  test('gives no state to a rule that it cannot decide', () => {
    for (const observation of [
      client('10', { balance: null }),
      client('10', { paused: true }),
      client('10', { rate: null }),
    ]) {
      expect(evaluate(rules([rule()]), {}, observation, startMs, 'check').ruleStates).toEqual({});
    }
    expect(evaluate(rules([rule({ threshold: null })]), {}, client('10'), startMs, 'check').ruleStates).toEqual({});
  });
});

describe('trigger', () => {
  test('a change rule sends as soon as it may, a period rule at the next check', () => {
    const evaluations = new Evaluations(rules([rule({ trigger: 'change' }), rule({ key: 'user' })]));
    evaluations.at(0, client('60'));
    expect(evaluations.at(10, client('40'), 'change')).toBe('client: sent 1, user: waiting_for_check');
    expect(evaluations.at(20, client('40'), 'change')).toBe('client: period_not_elapsed, user: waiting_for_check');
    expect(evaluations.at(60, client('40'))).toBe('client: period_not_elapsed, user: sent 1');
  });
});
