import { chartData, balanceAt } from '../../../web/src/pages/clients/client/timeline/chart-data';
import { eventsOf, markersOf } from '../../../web/src/pages/clients/client/timeline/events';
import { namesOf } from '../../../web/src/pages/clients/client/timeline/Legend';
import { thresholdLines } from '../../../web/src/pages/clients/client/timeline/threshold-lines';
import { moved, readZoom } from '../../../web/src/pages/clients/client/timeline/use-window';
import type { Timeline } from '../../../web/src/pages/clients/client/queries';

const from = Date.parse('2026-03-01T00:00:00Z');
const hour = 3_600_000;
const at = (hours: number): string => new Date(from + hours * hour).toISOString();

const timeline: Timeline = {
  clientId: '7',
  currency: 'USD',
  unlimited: false,
  from: at(0),
  to: at(240),
  available: {
    opening: '120.00',
    closing: '45.00',
    points: [
      { at: at(10), min: '90.00', max: '90.00', last: '90.00' },
      { at: at(20), min: '-5.00', max: '95.00', last: '45.00' },
    ],
  },
  thresholds: [
    {
      rule: 'client',
      source: 'profile',
      audience: 'client',
      value: '50.00',
      original: { value: '50.00', percent: null, currency: 'USD' },
      rate: '1',
    },
  ],
  temporaryCredits: [{ id: '3', amount: '10.00', from: at(100), until: at(300), status: 'active' }],
  creditLimitChanges: [],
  notifications: [
    { id: '1', kind: 'low_balance', rule: 'client', status: 'accepted', at: at(20), number: 1, max: 3 },
    { id: '2', kind: 'low_balance', rule: 'user', status: 'accepted', at: at(20), number: 1, max: 3 },
    { id: '3', kind: 'low_balance', rule: 'user', status: 'failed', at: at(20), number: 2, max: 3 },
  ],
  payments: [{ id: 'p1', at: at(200), amount: '5.00' }],
  chargeDays: [{ from: at(0), to: at(24), at: at(20), count: 3, amount: '-75.00' }],
  profileChanges: [],
  counterResets: [
    {
      at: at(200),
      rule: 'client',
      cause: 'payment',
      count: 2,
      paymentId: 'p1',
      actor: null,
      actorName: null,
      reason: null,
    },
  ],
  stateChanges: [],
  runway: {
    status: 'estimated',
    spendPerDay: '9.00',
    spendPerDay7: '9.00',
    spendPerDay30: '9.00',
    daysLeft: 5,
    emptyAt: at(360),
    confidence: 'high',
  },
  truncated: false,
  serverTime: at(240),
};

describe('the timeline of a client', () => {
  const data = chartData(timeline, at(-1000));
  if (!data) throw new Error('the ledger is the balance source here');

  it('begins with the opening balance and ends with the balance of now', () => {
    expect(data.steps.at(0)).toEqual({ t: from, y: 120, amount: '120.00' });
    expect(data.steps.at(-1)).toEqual({ t: from + 240 * hour, y: 45, amount: '45.00' });
  });

  it('keeps a dip that is over within its stretch', () => {
    expect(data.steps.filter(({ t }) => t === from + 20 * hour).map(({ amount }) => amount)).toEqual([
      '-5.00',
      '95.00',
      '45.00',
    ]);
    expect(data.low).toBeLessThanOrEqual(-5);
  });

  it('has an axis that ends at round amounts around all that is drawn', () => {
    expect(data.ticks).toEqual([-25, 0, 25, 50, 75, 100, 125]);
  });

  it('projects to the end of the money, and no further than a fifth of the range', () => {
    expect(data.projection.map(({ t }) => (t - from) / hour)).toEqual([240, 288]);
    expect(data.projection.at(-1)?.projected).toBeCloseTo(27);
  });

  it('draws nothing where the ledger is not the balance source', () => {
    expect(chartData({ ...timeline, available: null }, at(0))).toBeNull();
  });

  it('begins where the client began, and says since when', () => {
    const born = chartData(timeline, at(9));
    expect(born && [born.from - from, born.since, born.steps[0]?.amount]).toEqual([
      9 * hour,
      from + 9 * hour,
      '120.00',
    ]);
    const fresh = chartData(
      {
        ...timeline,
        available: { opening: '0.00', closing: '45.00', points: timeline.available?.points.slice(1) ?? [] },
      },
      at(239),
    );
    expect(fresh && [(fresh.from - from) / hour, fresh.steps[0]?.amount]).toEqual([20, '-5.00']);
    const empty = { opening: '0.00', closing: '0.00', points: [] };
    expect(chartData({ ...timeline, available: empty }, at(239))).toMatchObject({
      from: from + 239 * hour,
      since: from + 239 * hour,
      steps: [{ t: from + 239 * hour }, { t: from + 240 * hour }],
    });
    expect(chartData({ ...timeline, available: empty }, at(239.99))?.from).toBe(from + 240 * hour - hour / 6);
  });

  it('says nothing of the first data where the range has none before it', () => {
    expect(data.since).toBeNull();
  });

  it('projects nothing from a stretch of the past', () => {
    const past = chartData({ ...timeline, serverTime: at(500) }, at(-1000));
    expect(past && [past.projection, past.to - from]).toEqual([[], 240 * hour]);
  });

  it('moves in steps: between two moves there is no point', () => {
    const times = data.steps.map(({ t }) => (t - from) / hour);
    expect(times).toEqual([0, 10, 20, 20, 20, 240]);
  });

  it('knows the balance that held at a moment', () => {
    expect(balanceAt(data.steps, from + 15 * hour)).toBe(90);
    expect(balanceAt(data.steps, from - hour)).toBe(120);
  });

  it('lists all kinds of events, newest first', () => {
    expect(eventsOf(timeline).map(({ key }) => key)).toEqual([
      'payment-p1',
      `reset-${at(200)}-client`,
      'grant-3',
      'mail-1',
      'mail-2',
      'mail-3',
      `charges-${at(0)}`,
    ]);
  });

  it('makes one mark of mails with one outcome that stand together', () => {
    const marks = markersOf(eventsOf(timeline), data.from, data.to);
    expect(marks.map(({ look, events }) => [look, events.length])).toEqual([
      ['payment', 1],
      ['reset', 1],
      ['accepted', 2],
      ['failed', 1],
    ]);
  });
});

describe('the thresholds of the chart', () => {
  const threshold = (rule: string, value: string | null, source: 'profile' | 'warning' = 'profile') => ({
    ...{ rule, source, value, rate: '1', audience: 'warning' as const },
    original: { value, percent: null, currency: 'USD' },
  });

  it('are one line where they are equal, under both names', () => {
    const lines = thresholdLines([
      threshold('user', '100.00'),
      threshold('client', '50.00'),
      threshold('advanced:idle', '50.000000'),
    ]);
    expect(lines.map(({ value, thresholds }) => [value, namesOf(thresholds)])).toEqual([
      ['100.00', 'User notification'],
      ['50.00', 'Client notification and Advanced rule “idle”'],
    ]);
  });

  it('are distinct by color and by dashes, the highest first', () => {
    const lines = thresholdLines(['10.00', '250.00', '100.00', '-20.00'].map((value) => threshold(value, value)));
    expect(lines.map(({ value }) => value)).toEqual(['250.00', '100.00', '10.00', '-20.00']);
    expect(new Set(lines.map(({ color }) => color)).size).toBe(4);
    expect(new Set(lines.map(({ dash }) => dash)).size).toBe(4);
  });

  it('have no line without an amount', () => {
    expect(thresholdLines([threshold('user', null)])).toEqual([]);
  });

  it('name the debt of a warning, of which the line shows what is available then', () => {
    const debt = {
      ...threshold('warning:900.00', '100.00', 'warning'),
      original: { value: '900.00', percent: null, currency: 'USD' },
    };
    expect(namesOf([debt])).toBe('Warning at 900.00');
    expect(namesOf([threshold('warning:5.00', '5.00', 'warning')])).toBe('Warning');
  });
});

describe('zoom', () => {
  const stretch = { from: from + 10 * hour, to: from + 20 * hour };
  const hours = (moment: { from: number; to: number }) => [(moment.from - from) / hour, (moment.to - from) / hour];

  it('is read from the address; another text is none', () => {
    expect(readZoom(`${at(10)}~${at(20)}`)).toEqual(stretch);
    for (const text of [null, '', 'x~y', `${at(20)}~${at(10)}`, at(10)]) expect(readZoom(text)).toBeNull();
  });

  it.each([
    ['in', [12.5, 17.5]],
    ['out', [5, 25]],
    ['earlier', [5, 15]],
    ['later', [15, 25]],
  ] as const)('goes %s', (how, expected) => {
    expect(hours(moved(stretch, how, from + 1000 * hour))).toEqual(expected);
  });

  it('never goes beyond now', () => {
    expect(hours(moved(stretch, 'later', from + 21 * hour))).toEqual([11, 21]);
  });
});
