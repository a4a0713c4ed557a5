import { evaluate, look, settle, type Observation } from '../../src/domain/monitoring/evaluate.js';
import type { RuleStates } from '../../src/domain/monitoring/rule-state.js';
import { parseRate } from '../../src/domain/money.js';
import type { RuleDefinition } from '../../src/domain/monitoring/rules.js';
import { client, dayMs, hourMs, rule, rules, startMs, warning, words } from './support/client.js';

/** What one check of a client that was never seen before says of one rule. */
function firstCheck(definition: RuleDefinition, observation: Observation, now = startMs): string {
  return words(evaluate(rules([definition]), {}, observation, now).verdicts).join();
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
  const hinders: Observation = client('10', {
    paused: true,
    balance: null,
    unlimited: true,
    rate: null,
    silences: silenced,
  });
  const known = client('10').balance;
  const sentBefore: RuleStates = {
    client: { count: 1, sentAt: startMs - hourMs, episode: 1, low: true, since: startMs - hourMs, refillSeq: 0 },
  };

  /** From each line on, what the lines before named no longer hinders. */
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
    ['sent', { periodMs: hourMs }, {}],
  ];

  test.each(table.map(([reason], index) => [reason, index] as const))('%s', (reason, index) => {
    const steps = table.slice(0, index + 1);
    const definition = steps.reduce((made, [, change]) => ({ ...made, ...change }), everything);
    const observation = steps.reduce((made, [, , change]) => ({ ...made, ...change }), hinders);
    const [verdict] = evaluate(rules([definition]), sentBefore, observation, startMs).verdicts;
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

  test('being active again does not re-arm', () => {
    const once = rules([rule({ key: 'advanced:idle', inactivityDays: 1, maxNotifications: 1 })]);
    const sent = evaluate(once, {}, client('10'), startMs + dayMs);
    expect(words(sent.verdicts)).toEqual(['advanced:idle: sent 1']);
    const charged = client('9', { lastChargeAt: startMs + dayMs + hourMs });
    const active = evaluate(once, sent.ruleStates, charged, startMs + 2 * dayMs);
    expect(words(active.verdicts)).toEqual(['advanced:idle: not_inactive']);
    const idleAgain = evaluate(once, active.ruleStates, charged, startMs + 3 * dayMs);
    expect(words(idleAgain.verdicts)).toEqual(['advanced:idle: max_reached']);
  });
});

describe('count and spacing', () => {
  test('a rule sends its maximum, each a period after the last, then stops', () => {
    const set = rules([rule({ maxNotifications: 2 })]);
    let states: RuleStates = {};
    const said = [0, 1, 23, 24, 48, 72].map((hours) => {
      const check = evaluate(set, states, client('10'), startMs + hours * hourMs);
      states = check.ruleStates;
      return words(check.verdicts).join();
    });
    expect(said).toEqual([
      'client: sent 1',
      'client: period_not_elapsed',
      'client: period_not_elapsed',
      'client: sent 2',
      'client: max_reached',
      'client: max_reached',
    ]);
  });

  test('without a maximum it goes on', () => {
    const set = rules([rule({ maxNotifications: null })]);
    let states: RuleStates = {};
    for (let number = 1; number <= 50; number++) {
      const check = evaluate(set, states, client('10'), startMs + number * dayMs);
      states = check.ruleStates;
      expect(words(check.verdicts)).toEqual([`client: sent ${number}`]);
    }
  });

  test('a failed mail gives number and distance back, an uncertain one does not', () => {
    const set = rules([rule()]);
    const first = evaluate(set, {}, client('10'), startMs);
    const second = evaluate(set, first.ruleStates, client('10'), startMs + dayMs);
    const mail = { rule: 'client', episode: 1, number: 2 };
    const next = startMs + dayMs + hourMs;
    const failed = settle(second.ruleStates, mail, 'failed');
    expect(words(evaluate(set, failed, client('10'), next).verdicts)).toEqual(['client: sent 2']);
    const uncertain = settle(second.ruleStates, mail, 'uncertain');
    expect(words(evaluate(set, uncertain, client('10'), next).verdicts)).toEqual(['client: period_not_elapsed']);
  });

  test('the end of a mail that nobody waits for any more changes nothing', () => {
    const set = rules([rule()]);
    const { ruleStates } = evaluate(set, {}, client('10'), startMs);
    expect(settle(ruleStates, { rule: 'client', episode: 7, number: 1 }, 'failed')).toBe(ruleStates);
    expect(settle(ruleStates, { rule: 'gone', episode: 1, number: 1 }, 'failed')).toBe(ruleStates);
  });
});

describe('a client that is seen for the first time', () => {
  test('is told at once when it is already low', () => {
    expect(firstCheck(rule(), client('10', { refillSeq: 12 }))).toBe('client: sent 1');
  });

  test('has crossed nothing', () => {
    expect(look(rules([rule()]), {}, client('10')).crossed).toBe(false);
  });
});
