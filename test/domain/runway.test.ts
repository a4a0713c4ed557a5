import { moneyOf } from '../../src/domain/money.js';
import { runwayOf } from '../../src/domain/runway.js';

const day = 86_400_000;
const now = Date.parse('2026-03-31T00:00:00Z');

function runway(available: string, week: string, month: string, daysKnown: number | null) {
  const firstAt = daysKnown === null ? null : now - daysKnown * day;
  const spent = { last7Days: moneyOf(week), last30Days: moneyOf(month), firstAt };
  return runwayOf(moneyOf(available), spent, now);
}

test('a month of steady spending tells when the money is gone', () => {
  expect(runway('100', '70', '300', 30)).toEqual({
    perDay: moneyOf('10'),
    emptyAt: now + 10 * day,
    confidence: 'high',
  });
});

test('four days known count as four days', () => {
  expect(runway('100', '40', '40', 4)).toEqual({ perDay: moneyOf('10'), emptyAt: now + 10 * day, confidence: 'low' });
});

test('a week unlike those before is little to go by', () => {
  expect(runway('100', '210', '300', 30)).toMatchObject({ perDay: moneyOf('30'), confidence: 'low' });
});

test.each([
  ['nothing was charged', null],
  ['less than three days are known', 2.9],
])('there is none where %s', (_name, days) => {
  expect(runway('100', '10', '10', days)).toBeNull();
});

test('what is gone is gone now, and what nobody spends lasts', () => {
  expect(runway('-5', '70', '300', 30)?.emptyAt).toBe(now);
  expect(runway('100', '0', '300', 30)?.emptyAt).toBeNull();
  expect(runway('100000', '0.70', '3', 30)?.emptyAt).toBeNull();
});
