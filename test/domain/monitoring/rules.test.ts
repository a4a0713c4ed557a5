import { noOwnLowBalance } from '../../../src/domain/monitoring/actions/own-rules.js';
import {
  advancedRule,
  clientRule,
  identifyRule,
  userRule,
  warningRule,
} from '../../../src/domain/monitoring/rule-identity.js';
import {
  checkIntervalMs,
  parseWarningThresholds,
  ruleDefinitions,
  toCanonicalWarning,
  type ClientRules,
  type ProfileRules,
} from '../../../src/domain/monitoring/rules.js';
import { hourMs } from '../support/client.js';

const terms: ClientRules = {
  ...noOwnLowBalance,
  currency: 'USD',
  balanceModel: 'prepaid',
  warningThresholds: ['10.00', '25.00'],
  billingRecipients: ['billing'],
  checkEveryMinutes: 60,
};
const profile: ProfileRules = {
  maxNotifications: 3,
  periodHours: 24,
  checkEveryMinutes: null,
  trigger: 'period',
  resetOn: 'refill',
  whenSeveral: 'each',
  rules: [
    { ...userRule, threshold: '100.00', inactivityDays: null, recipients: ['owner'] },
    { ...clientRule, threshold: null, inactivityDays: null, recipients: ['billing'] },
  ],
};

test('the rules of the profile come first, then the warning thresholds as listed', () => {
  expect(ruleDefinitions(profile, terms).map(({ key }) => key)).toEqual([
    'user',
    'client',
    'warning:10.00',
    'warning:25.00',
  ]);
  expect(ruleDefinitions(null, terms).map(({ key }) => key)).toEqual(['warning:10.00', 'warning:25.00']);
});

test('a profile rule takes maximum, period and reset of its profile', () => {
  expect(ruleDefinitions(profile, terms)[0]).toMatchObject({
    threshold: { kind: 'below', value: '100.00' },
    maxNotifications: 3,
    periodMs: 24 * hourMs,
    resetOn: 'refill',
    trigger: 'period',
    action: 'notify',
    ranked: true,
  });
});

test('a warning threshold notifies once per episode as soon as it may, whatever the profile says', () => {
  const postpaid = { ...terms, balanceModel: 'postpaid' as const, warningThresholds: ['75%', '950.00'] };
  expect(ruleDefinitions({ ...profile, maxNotifications: 9 }, postpaid).slice(2)).toMatchObject([
    {
      threshold: { kind: 'debtShare', percent: '75' },
      trigger: 'change',
      maxNotifications: 1,
      periodMs: 0,
      resetOn: 'recovery',
      ranked: false,
    },
    {
      threshold: { kind: 'debtAtLeast', value: '950.00' },
      maxNotifications: 1,
      periodMs: 0,
      resetOn: 'recovery',
      ranked: false,
    },
  ]);
});

test('checks come every checkEveryMinutes, else every period, else as the client says', () => {
  expect(checkIntervalMs({ ...profile, checkEveryMinutes: 15 }, terms)).toBe(hourMs / 4);
  expect(checkIntervalMs(profile, terms)).toBe(24 * hourMs);
  expect(checkIntervalMs(null, terms)).toBe(hourMs);
});

test('a share is off for a prepaid client, and a debt for no other than a postpaid one', () => {
  const of = (balanceModel: ClientRules['balanceModel'], texts: string[]): unknown[] =>
    ruleDefinitions(null, { ...terms, balanceModel, warningThresholds: texts }).map(({ threshold }) => threshold);
  expect(of('prepaid', ['75%', '10.00'])).toEqual([null, { kind: 'atMost', value: '10.00' }]);
  expect(of('postpaid', ['10.00'])).toEqual([{ kind: 'debtAtLeast', value: '10.00' }]);
});

describe('warning thresholds are identified by value', () => {
  test.each([
    ['50', 'USD', '50.00'],
    ['050.000', 'USD', '50.00'],
    ['50.125', 'USD', '50.125'],
    ['-5', 'USD', '-5.00'],
    ['950', 'JPY', '950'],
    ['950', 'KWD', '950.000'],
    ['75.0%', 'USD', '75%'],
    ['075%', 'USD', '75%'],
    ['7.50%', 'USD', '7.5%'],
    ['100%', 'USD', '100%'],
  ])('%s in %s is %s', (text, currency, canonical) => {
    expect(toCanonicalWarning(text, currency)).toBe(canonical);
    const [rule] = ruleDefinitions(null, { ...terms, currency, warningThresholds: [text] });
    expect(rule).toMatchObject({ key: `warning:${canonical}`, source: 'warning', name: canonical });
  });

  test('a list is returned in canonical form and in its order', () => {
    const client = { balanceModel: 'postpaid' as const, currency: 'USD' };
    expect(parseWarningThresholds(['950', '7.50%', '75%'], client, '/w')).toEqual(['950.00', '7.5%', '75%']);
  });

  test('a repeated value is refused with its position', () => {
    const client = { balanceModel: 'postpaid' as const, currency: 'USD' };
    expect(() => parseWarningThresholds(['50', '75%', '50.00'], client, '/warningThresholds')).toThrow(
      expect.objectContaining({ code: 'invalid', pointer: '/warningThresholds/2' }),
    );
    expect(() => parseWarningThresholds(['75%', '75.0%'], client, '/w')).toThrow(
      expect.objectContaining({ pointer: '/w/1' }),
    );
  });

  test.each([
    ['75%', 'prepaid'],
    ['75%', 'unlimited'],
    ['0%', 'postpaid'],
    ['x%', 'postpaid'],
    ['%', 'postpaid'],
    ['', 'prepaid'],
    ['ten', 'prepaid'],
  ] as const)('%j is none of a %s client', (text, balanceModel) => {
    expect(() => parseWarningThresholds([text], { balanceModel, currency: 'USD' }, '/warningThresholds')).toThrow(
      expect.objectContaining({ code: 'invalid', pointer: '/warningThresholds/0' }),
    );
  });
});

test.each([userRule, clientRule, advancedRule('idle:30'), warningRule('75%')])(
  '$key is found again by its key',
  (rule) => {
    expect(identifyRule(rule.key)).toEqual(rule);
  },
);

test('a key of no rule is refused', () => {
  expect(() => identifyRule('credit_granted')).toThrow('"credit_granted" is not a rule key');
});

test('an interval that is no whole number of minutes comes back exactly', () => {
  expect(checkIntervalMs(null, { checkEveryMinutes: 1001 / 60_000 })).toBe(1001);
});
