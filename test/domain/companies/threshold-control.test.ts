import {
  formatSideBalance,
  inCurrency,
  sideBalance,
  type CompanyBalances,
  type CompanySide,
} from '../../../src/domain/companies/company-balances.js';
import { decideSide, endSideDelivery, resetSide } from '../../../src/domain/companies/threshold-control.js';
import { hourMs, minuteMs } from '../../../src/domain/durations.js';
import { formatMoney, moneyOf, rateOf, type Rate } from '../../../src/domain/money.js';
import type { RuleState } from '../../../src/domain/monitoring/rule-state.js';

const noRate = (): null => null;
const rates =
  (table: Readonly<Record<string, string>>) =>
  (from: string, to: string): Rate | null => {
    const rate = table[`${from} ${to}`];
    return rate === undefined ? null : rateOf(rate);
  };

/** The example of the decision sheet: the partner paid 1,000 and used 950; we paid 300 and used 420. */
const partner: CompanyBalances = {
  currency: 'USD',
  theirCurrency: 'USD',
  ourCurrency: 'USD',
  theirBalance: '50.00',
  ourBalance: '-120.00',
};

function balanceOf(side: CompanySide, company: CompanyBalances, rateBetween = rates({})): string {
  const balance = sideBalance(side, company, rateBetween);
  return typeof balance === 'string' ? balance : `${formatMoney(balance.amount)} ${balance.currency}`;
}

const at = Date.parse('2026-03-01T10:00:00Z');
const email = ['finance@partner.example'];

function run(side: CompanySide, balance: string, threshold: string | null, state: RuleState | null, when = at) {
  const terms = { enabled: true, threshold, recipients: email };
  return decideSide(side, terms, { amount: moneyOf(balance), currency: 'USD' }, state, when);
}

describe('the balances of a company', () => {
  it('are what the partner has left, what we have left, and the difference', () => {
    expect(balanceOf('their', partner)).toBe('50.00 USD');
    expect(balanceOf('our', partner)).toBe('-120.00 USD');
    expect(balanceOf('mutual', partner)).toBe('170.00 USD');
  });

  it('are netted in the company’s currency', () => {
    const company = { ...partner, theirCurrency: 'EUR', ourCurrency: 'GBP' };
    expect(balanceOf('mutual', company, rates({ 'EUR USD': '1.10', 'GBP USD': '1.25' }))).toBe('205.00 USD');
    expect(balanceOf('mutual', company, rates({ 'EUR USD': '1.10' }))).toBe('no_rate');
    expect(balanceOf('their', company)).toBe('50.00 EUR');
  });

  it('are unknown together where one of them is', () => {
    const company = { ...partner, ourBalance: null };
    expect(balanceOf('our', company)).toBe('balance_unknown');
    expect(balanceOf('mutual', company)).toBe('balance_unknown');
    expect(balanceOf('their', company)).toBe('50.00 USD');
  });

  it('are compared as the exact amount is, however the rate divides it', () => {
    const company = { ...partner, theirBalance: '100.00' };
    const their = sideBalance('their', company, noRate);
    const above = inCurrency(their, 'EUR', rates({ 'USD EUR': '0.333333333334' }));
    expect(decide(above, '33.333333')).toBe('above_threshold');
    const equal = inCurrency(their, 'EUR', rates({ 'USD EUR': '0.5' }));
    expect(decide(equal, '50')).toBe('sent');
    expect(decide(inCurrency(their, 'EUR', noRate), '50')).toBe('no_rate');

    function decide(balance: ReturnType<typeof inCurrency>, threshold: string): string {
      return decideSide('their', { enabled: true, threshold, recipients: email }, balance, null, at).reason;
    }
  });

  it('are written exactly, and a mutual one rounded, but not across its threshold', () => {
    const amount = moneyOf('99.999');
    const threshold = { amount: moneyOf('100'), currency: 'USD' };
    expect(formatSideBalance('their', { amount, currency: 'USD' }, threshold)).toBe('99.999');
    expect(formatSideBalance('mutual', { amount, currency: 'USD' }, threshold)).toBe('99.99');
    expect(formatSideBalance('mutual', { amount, currency: 'USD' }, null)).toBe('100.00');
    expect(formatSideBalance('our', { amount: moneyOf('-120'), currency: 'USD' }, null)).toBe('-120.00');
  });
});

describe('the threshold of a side', () => {
  it('is reached at or below it: their 50 <= 100, our -120 <= 0, mutual 170 is fine', () => {
    expect(run('their', '50', '100', null).reason).toBe('sent');
    expect(run('our', '-120', '0', null).reason).toBe('sent');
    expect(run('mutual', '170', '0', null).reason).toBe('above_threshold');
    expect(run('their', '100', '100', null).reason).toBe('sent');
    expect(run('their', '100.000001', '100', null).reason).toBe('above_threshold');
    expect(run('our', '-50', '-60', null).reason).toBe('above_threshold');
  });

  it('notifies once per episode, however many runs find it low, and again in the next one', () => {
    const first = run('their', '50', '100', null);
    expect(first.notification).toEqual({ episode: 1, number: 1 });
    const { state: emailed, setsMailTime } = endSideDelivery(
      'their',
      first.state,
      { episode: 1, number: 1 },
      'accepted',
    );
    expect(setsMailTime).toBe(true);
    let state = emailed;
    for (let minutes = 5; minutes <= 120; minutes += 5) {
      const next = run('their', '40', '100', state, at + minutes * minuteMs);
      expect([next.reason, next.notification]).toEqual(['max_reached', null]);
      state = next.state;
    }
    const fine = run('their', '101', '100', state, at + 3 * hourMs);
    expect([fine.isFine, fine.reason]).toEqual([true, 'above_threshold']);
    const again = run('their', '99', '100', fine.state, at + 3 * hourMs + 5 * minuteMs);
    expect(again.notification).toEqual({ episode: 2, number: 1 });
  });

  it('waits for the hour between two notifications, as every rule does', () => {
    const first = run('their', '50', '100', null);
    const { state } = endSideDelivery('their', first.state, { episode: 1, number: 1 }, 'accepted');
    const fine = run('their', '200', '100', state, at + 5 * minuteMs);
    const low = run('their', '50', '100', fine.state, at + 10 * minuteMs);
    expect(low.reason).toBe('period_not_elapsed');
    expect(run('their', '50', '100', low.state, at + hourMs).notification).toEqual({ episode: 2, number: 1 });
  });

  it('is decided again by the next run after a failure, and not after an uncertain outcome', () => {
    const first = run('our', '-120', '0', null);
    const failed = endSideDelivery('our', first.state, { episode: 1, number: 1 }, 'failed');
    expect(failed.setsMailTime).toBe(false);
    expect(run('our', '-120', '0', failed.state, at + 5 * minuteMs).notification).toEqual({ episode: 1, number: 1 });
    const uncertain = endSideDelivery('our', first.state, { episode: 1, number: 1 }, 'uncertain');
    expect(uncertain.setsMailTime).toBe(true);
    expect(run('our', '-120', '0', uncertain.state, at + 5 * minuteMs).reason).toBe('max_reached');
  });

  it('keeps its latch while the balance or a rate is unknown', () => {
    const { state } = endSideDelivery(
      'their',
      run('their', '5', '10', null).state,
      { episode: 1, number: 1 },
      'accepted',
    );
    const terms = { enabled: true, threshold: '10', recipients: email };
    for (const balance of ['balance_unknown', 'no_rate'] as const) {
      const decided = decideSide('their', terms, balance, state, at + 5 * minuteMs);
      expect(decided).toEqual({ reason: balance, state, notification: null, isFine: false });
    }
  });

  it('is judged by an edited threshold, and keeps its latch if it is still low', () => {
    const { state } = endSideDelivery(
      'their',
      run('their', '5', '10', null).state,
      { episode: 1, number: 1 },
      'accepted',
    );
    expect(run('their', '5', '8', state, at + 5 * minuteMs).reason).toBe('max_reached');
    expect(run('their', '5', '4', state, at + 5 * minuteMs).isFine).toBe(true);
  });

  it('notifies again after a reset by hand, without the hour, and a late acceptance sets no balance mail time', () => {
    const decided = run('their', '5', '10', null);
    const reset = resetSide(decided.state);
    const late = endSideDelivery('their', reset, { episode: 1, number: 1 }, 'accepted');
    expect(late.setsMailTime).toBe(false);
    expect(run('their', '5', '10', late.state, at + 5 * minuteMs).notification).toEqual({ episode: 2, number: 1 });
  });

  it('decides nothing while it is off, or has no one to notify', () => {
    expect(run('their', '5', null, null).reason).toBe('off');
    const balance = { amount: 0n, currency: 'USD' };
    expect(decideSide('their', { enabled: false, threshold: '10', recipients: email }, balance, null, at).reason).toBe(
      'off',
    );
    expect(decideSide('their', { enabled: true, threshold: '10', recipients: [] }, balance, null, at).reason).toBe(
      'no_recipients',
    );
  });
});
