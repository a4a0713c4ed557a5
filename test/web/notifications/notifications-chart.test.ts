import { chartWindow } from '../../../web/src/pages/notifications/chart-window';

/** What the chart above the list of notifications draws for the list's time range. */

const at = (text: string): number => Date.parse(text);
const now = at('2026-03-31T12:30:00Z');
const shown = (from: string | null, to: string | null): unknown => {
  const window = chartWindow(
    { from: from && at(from), to: to && at(to) } as { from: number | null; to: number | null },
    now,
  );
  return [new Date(window.from).toISOString(), new Date(window.to).toISOString(), window.step, window.isWidened];
};

test('without a time, the last day by the hour', () => {
  expect(shown(null, null)).toEqual(['2026-03-30T12:30:00.000Z', '2026-03-31T12:30:00.000Z', 'hour', false]);
});

test('more than three days are shown by the day', () => {
  expect(shown('2026-03-28T12:30:00Z', null)).toEqual([
    ...['2026-03-28T12:30:00.000Z', '2026-03-31T12:30:00.000Z', 'hour', false],
  ]);
  expect(shown('2026-03-24T12:30:00Z', null)).toEqual([
    ...['2026-03-24T12:30:00.000Z', '2026-03-31T12:30:00.000Z', 'day', false],
  ]);
});

test('one hour has its neighbours around it, but not the future', () => {
  expect(shown('2026-03-29T10:00:00Z', '2026-03-29T11:00:00Z')).toEqual([
    ...['2026-03-28T22:30:00.000Z', '2026-03-29T22:30:00.000Z', 'hour', true],
  ]);
  expect(shown('2026-03-31T11:00:00Z', '2026-03-31T12:00:00Z')).toEqual([
    ...['2026-03-30T12:30:00.000Z', '2026-03-31T12:30:00.000Z', 'hour', true],
  ]);
});

test('never more than the API counts, and something for times in the wrong order', () => {
  expect(shown('2001-01-01T00:00:00Z', null)).toEqual([
    ...['2024-01-31T12:30:00.000Z', '2026-03-31T12:30:00.000Z', 'day', false],
  ]);
  expect(shown('2026-03-31T00:00:00Z', '2026-03-30T00:00:00Z')).toEqual([
    ...['2026-03-29T00:00:00.000Z', '2026-03-30T00:00:00.000Z', 'hour', false],
  ]);
});
