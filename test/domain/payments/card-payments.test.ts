import { moneyOf } from '../../../src/domain/money.js';
import { autoPaymentThreshold, thresholdOfClient } from '../../../src/domain/payments/auto-payment-threshold.js';
import {
  automaticAmount,
  autoPaymentKey,
  chargedAmount,
  clientIdInKey,
  freezeAfter,
  isCardExpired,
  manualPaymentKey,
  retryAt,
} from '../../../src/domain/payments/card-payments.js';
import { decideCharge, type ChargeFacts } from '../../../src/domain/payments/decide-charge.js';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.parse('2026-03-15T12:00:00Z');

const facts: ChargeFacts = {
  origin: 'auto',
  amount: null,
  status: 'active',
  currency: 'USD',
  balanceModel: 'prepaid',
  available: moneyOf('40.00'),
  ownThreshold: '50.00',
  lowBalanceThreshold: null,
  profileThreshold: null,
  profileRate: null,
  isOn: true,
  isFrozen: false,
  extraAmount: '100.00',
  amountMode: 'fixed',
  cardExpires: '2028-04',
  isOtherInFlight: false,
  maxPerDay: 2,
  sentTimes: [],
  maxAmountPerMonth: null,
  amountThisMonth: '0',
  nextMonthAt: Date.parse('2026-04-01T00:00:00Z'),
};

describe('the amount', () => {
  const gap = { threshold: moneyOf('50.00'), available: moneyOf('-40.00') };

  test.each([
    ['fixed', '100.00'],
    ['cover', '190.00'],
  ] as const)('%s charges %s for available -40, threshold 50, extra 100', (mode, amount) => {
    expect(automaticAmount({ mode, extraAmount: moneyOf('100.00') }, gap, 'USD')).toBe(moneyOf(amount));
  });

  test('covers a part of a coin with a whole one', () => {
    const near = { threshold: moneyOf('50.00'), available: moneyOf('49.999') };
    expect(automaticAmount({ mode: 'cover', extraAmount: moneyOf('1.00') }, near, 'USD')).toBe(moneyOf('1.01'));
    expect(automaticAmount({ mode: 'cover', extraAmount: moneyOf('1.00') }, near, 'JPY')).toBe(moneyOf('2'));
  });

  test('is charged in the coins of the gateway', () => {
    expect(chargedAmount(moneyOf('100.00'), '1.0825', 'USD')).toBe(moneyOf('108.25'));
    expect(chargedAmount(moneyOf('100.00'), '151.237', 'JPY')).toBe(moneyOf('15124'));
  });
});

describe('the threshold', () => {
  const none = { ownThreshold: null, lowBalanceThreshold: null, profileThreshold: null };

  test.each([
    [
      { ownThreshold: '1.00', lowBalanceThreshold: '2.00', profileThreshold: '3.00' },
      { in: 'client', value: '1.00' },
    ],
    [
      { ...none, lowBalanceThreshold: '2.00', profileThreshold: '3.00' },
      { in: 'client', value: '2.00' },
    ],
    [
      { ...none, profileThreshold: '3.00' },
      { in: 'profile', value: '3.00' },
    ],
    [none, null],
  ])('of %j is %j', (chain, found) => {
    expect(autoPaymentThreshold(chain)).toEqual(found);
  });

  test('of a profile in another currency is converted, never below what is low there', () => {
    const chain = { ...none, profileThreshold: '50.00' };
    expect(thresholdOfClient({ ...chain, profileRate: '1.10' })).toBe(moneyOf('45.454546'));
    expect(thresholdOfClient({ ...chain, profileRate: null })).toBe('no_rate');
  });
});

describe('declines', () => {
  test.each([
    [1, 1],
    [2, 3],
    [3, 7],
  ])('the decline %i is tried again %i days after the first', (declines, days) => {
    expect(retryAt(declines, now)).toBe(now + days * day);
    expect(freezeAfter({ isHard: false }, declines)).toBeNull();
  });

  test('the fourth in a row freezes, and a hard one at once', () => {
    expect(retryAt(4, now)).toBeNull();
    expect(freezeAfter({ isHard: false }, 4)).toBe('declined');
    expect(freezeAfter({ isHard: true }, 1)).toBe('hard_decline');
  });
});

test('the client is found in a key of ours, and in no other', () => {
  expect(clientIdInKey(autoPaymentKey('17', 3, 1))).toBe('17');
  expect(clientIdInKey(manualPaymentKey('17', '5'))).toBe('17');
  for (const key of ['', 'ap/17/3', 'ap/x/3/1', 'order 17', 'pn/17/5/1']) expect(clientIdInKey(key)).toBeNull();
});

test('a card is valid to the end of its last month', () => {
  expect(isCardExpired('2026-03', Date.parse('2026-03-31T23:59:59Z'))).toBe(false);
  expect(isCardExpired('2026-03', Date.parse('2026-04-01T00:00:00Z'))).toBe(true);
});

describe('just before the gateway is asked', () => {
  test.each<[string, Partial<ChargeFacts>, object]>([
    ['a low client is charged', {}, { kind: 'charge', amount: moneyOf('100.00') }],
    ['one that is not low is not', { available: moneyOf('50.00') }, { kind: 'cancel', reason: 'no_longer_low' }],
    ['a frozen one is not', { isFrozen: true }, { kind: 'cancel', reason: 'frozen' }],
    ['one whose auto payment is off is not', { isOn: false }, { kind: 'cancel', reason: 'switched_off' }],
    ['one without a card is not', { cardExpires: null }, { kind: 'cancel', reason: 'no_card' }],
    ['an expired card is not', { cardExpires: '2026-02' }, { kind: 'cancel', reason: 'card_expired' }],
    ['a stopped client is not', { status: 'stop' }, { kind: 'cancel', reason: 'client_stopped' }],
    ['an unlimited one is not', { balanceModel: 'unlimited' }, { kind: 'cancel', reason: 'no_longer_low' }],
    ['while another is under way, it waits', { isOtherInFlight: true }, { kind: 'wait', reason: 'other_in_flight' }],
    ['an unknown balance waits', { available: null }, { kind: 'wait', reason: null }],
    [
      'by hand, neither a freeze nor the balance matters',
      { origin: 'by_hand', amount: '7.00', isFrozen: true, isOn: false, available: null },
      { kind: 'charge', amount: moneyOf('7.00') },
    ],
  ])('%s', (_name, change, decision) => {
    expect(decideCharge({ ...facts, ...change }, now)).toMatchObject(decision);
  });

  test('the maximum per day waits for the oldest of the charges that fill it', () => {
    const sentTimes = [new Date(now - 23 * hour), new Date(now - 2 * hour), new Date(now - hour)];
    expect(decideCharge({ ...facts, sentTimes }, now)).toEqual({
      kind: 'wait',
      until: now + 22 * hour,
      reason: 'daily_limit',
    });
  });

  test('the maximum per month waits for the next month', () => {
    const limits = { maxAmountPerMonth: '150.00', amountThisMonth: '50.01' };
    const waits = { kind: 'wait', until: facts.nextMonthAt, reason: 'monthly_limit' };
    expect(decideCharge({ ...facts, ...limits }, now)).toEqual(waits);
    expect(decideCharge({ ...facts, ...limits, amountThisMonth: '50.00' }, now).kind).toBe('charge');
  });
});
