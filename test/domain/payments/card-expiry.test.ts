import { currentCardNotice, lastDayOf, nextCardNotice } from '../../../src/domain/payments/card-expiry';

const card = { expires: '2026-06', timezone: 'Europe/Kyiv' };
const at = Date.parse;

test.each([
  ['2026-06', '2026-06-30'],
  ['2026-12', '2026-12-31'],
  ['2028-02', '2028-02-29'],
])('%s ends on %s', (month, day) => expect(lastDayOf(month)).toBe(day));

test('30 and 7 days before the last day, at 9:00 in the client’s zone', () => {
  const first = nextCardNotice(card, null, at('2026-01-01T00:00:00Z'));
  expect(first).toEqual({ days: 30, dueAt: at('2026-05-31T06:00:00Z') });
  const second = nextCardNotice(card, 30, at('2026-05-31T06:00:01Z'));
  expect(second).toEqual({ days: 7, dueAt: at('2026-06-23T06:00:00Z') });
  expect(nextCardNotice(card, 7, at('2026-06-23T06:00:01Z'))).toBeNull();
});

test('a card that is registered late skips what would have been due', () => {
  expect(nextCardNotice(card, null, at('2026-06-10T00:00:00Z'))?.days).toBe(7);
  expect(nextCardNotice(card, null, at('2026-06-25T00:00:00Z'))).toBeNull();
});

test.each([
  ['2026-05-31T06:00:00Z', 30],
  ['2026-06-10T00:00:00Z', 30],
  ['2026-06-23T06:00:00Z', 7],
  ['2026-06-30T23:59:59Z', 7],
  ['2026-07-01T00:00:00Z', null],
])('what became due is sent at %s as that of %s days', (now, days) => {
  expect(currentCardNotice(card, 30, at(now))).toBe(days);
});
