import { moneyOf } from '../../../src/domain/money.js';
import { dayBefore, estimateRunway } from '../../../src/domain/clients/runway.js';

const dayMs = 86_400_000;
/** noon: half of the day has gone */
const now = Date.parse('2026-03-31T12:00:00Z');
const daysAgo = (days: number): number => dayBefore(now, days);

const month = { spent7: moneyOf('75'), spent30: moneyOf('305'), firstDay: daysAgo(30) };

test('money lasts as long as what was spent lately says', () => {
  const runway = estimateRunway(moneyOf('100'), month, now);
  expect(runway).toMatchObject({
    status: 'estimated',
    spendPerDay: moneyOf('10'),
    spendPerDay7: moneyOf('10'),
    spendPerDay30: moneyOf('10'),
    emptyAt: now + 10 * dayMs,
    confidence: 'high',
  });
});

test('a client that has been quiet for a week is estimated by its month, with little confidence', () => {
  const runway = estimateRunway(moneyOf('100'), { ...month, spent7: 0n }, now);
  expect(runway).toMatchObject({ spendPerDay: moneyOf('10'), emptyAt: now + 10 * dayMs, confidence: 'low' });
});

test('a week unlike the month is less sure, and the week is believed', () => {
  const runway = estimateRunway(moneyOf('100'), { ...month, spent7: moneyOf('150') }, now);
  expect(runway).toMatchObject({ spendPerDay: moneyOf('20'), emptyAt: now + 5 * dayMs, confidence: 'medium' });
});

test('less than three days of charges say nothing', () => {
  const young = { spent7: moneyOf('25'), spent30: moneyOf('25'), firstDay: daysAgo(2) };
  const runway = estimateRunway(moneyOf('100'), young, now);
  expect(runway).toMatchObject({ status: 'short_history', spendPerDay: moneyOf('10'), emptyAt: null });
  const older = estimateRunway(moneyOf('100'), { ...young, firstDay: daysAgo(3) }, now);
  expect(older).toMatchObject({ status: 'estimated', confidence: 'low' });
});

test('the windows begin with the first charge, so that a new client is not made to look thrifty', () => {
  const runway = estimateRunway(
    moneyOf('45'),
    { spent7: moneyOf('45'), spent30: moneyOf('45'), firstDay: daysAgo(4) },
    now,
  );
  expect(runway.spendPerDay).toBe(moneyOf('10'));
});

test('nothing to estimate', () => {
  const unspent = { spent7: 0n, spent30: 0n, firstDay: null };
  expect(estimateRunway(null, month, now).status).toBe('unlimited');
  expect(estimateRunway(moneyOf('5'), unspent, now).status).toBe('no_charges');
  expect(estimateRunway(0n, unspent, now).status).toBe('empty');
  expect(estimateRunway(moneyOf('-1'), month, now)).toMatchObject({ status: 'empty', emptyAt: null });
});

test('an end in a far future is an instant that can be written', () => {
  const little = { spent7: 1n, spent30: 1n, firstDay: daysAgo(30) };
  const { emptyAt } = estimateRunway(moneyOf('999999999999'), little, now);
  expect(new Date(emptyAt ?? NaN).toISOString()).toMatch(/^203\d/);
});
