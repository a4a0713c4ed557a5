import {
  checkIntervalMs,
  checkWarningThreshold,
  ruleDefinitions,
  type ClientRules,
  type ProfileRules,
} from '../../src/domain/monitoring/rules.js';
import { hourMs } from './support/client.js';

const terms: ClientRules = {
  balanceModel: 'prepaid',
  warningThresholds: ['10.00', '25.00'],
  warningRecipients: ['billing'],
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
    { key: 'user', threshold: '100.00', inactivityDays: null, recipients: ['owner'] },
    { key: 'client', threshold: null, inactivityDays: null, recipients: ['billing'] },
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
    ranked: true,
  });
});

test('a warning threshold mails once and waits for recovery, whatever the profile says', () => {
  const postpaid = { ...terms, balanceModel: 'postpaid' as const, warningThresholds: ['75%', '950.00'] };
  expect(ruleDefinitions({ ...profile, maxNotifications: 9 }, postpaid).slice(2)).toMatchObject([
    { threshold: { kind: 'debtShare', percent: '75' }, maxNotifications: 1, periodMs: 0, resetOn: 'recovery', ranked: false },
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

test.each([
  ['75%', 'postpaid'],
  ['7.5%', 'postpaid'],
  ['950.00', 'postpaid'],
  ['-5.00', 'prepaid'],
] as const)('%s is a warning threshold of a %s client', (text, model) => {
  expect(() => checkWarningThreshold(text, model, '/warningThresholds/0')).not.toThrow();
});

test.each([
  ['75%', 'prepaid'],
  ['75%', 'unlimited'],
  ['0%', 'postpaid'],
  ['x%', 'postpaid'],
  ['%', 'postpaid'],
  ['', 'prepaid'],
  ['ten', 'prepaid'],
] as const)('%j is none of a %s client', (text, model) => {
  expect(() => checkWarningThreshold(text, model, '/warningThresholds/0')).toThrow(
    expect.objectContaining({ code: 'invalid', pointer: '/warningThresholds/0' }),
  );
});
