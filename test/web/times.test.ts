import { zones } from '../../web/src/i18n/zone';
import { parseDuration } from '../../web/src/form/inputs/parse-duration';
import { parseInstant } from '../../web/src/form/inputs/parse-instant';
import { clockText, durationText } from '../../web/src/ui/text/duration-text';
import { relativeText, utcText } from '../../web/src/ui/text/time-text';
import { instantOf, plusDays, plusMonths, wallClock } from '../../web/src/ui/text/zoned';

const kyiv = 'Europe/Kyiv';
const wall = (year: number, month: number, day: number, hour = 0, minute = 0) => ({ year, month, day, hour, minute });
const iso = (instant: number | null): string | null => (instant === null ? null : new Date(instant).toISOString());

describe('clocks of a zone', () => {
  it.each([
    [wall(2026, 7, 1, 12), kyiv, '2026-07-01T09:00:00.000Z'],
    [wall(2026, 12, 1, 12), kyiv, '2026-12-01T10:00:00.000Z'],
    [wall(2026, 1, 31, 24), 'UTC', '2026-02-01T00:00:00.000Z'],
    [wall(2026, 3, 8, 12), 'America/New_York', '2026-03-08T16:00:00.000Z'],
    [wall(2026, 6, 1, 0, 15), 'Asia/Kathmandu', '2026-05-31T18:30:00.000Z'],
    [wall(2026, 6, 1), 'Pacific/Kiritimati', '2026-05-31T10:00:00.000Z'],
  ])('%j in %s', (clock, zone, instant) => {
    expect(iso(instantOf(clock, zone))).toBe(instant);
  });

  it('moves a time that the clock jumps over, and means the first of two', () => {
    // 03:00 becomes 04:00 on 29 March 2026, 04:00 becomes 03:00 on 25 October.
    expect(iso(instantOf(wall(2026, 3, 29, 3, 30), kyiv))).toBe('2026-03-29T01:30:00.000Z');
    expect(iso(instantOf(wall(2026, 10, 25, 3, 30), kyiv))).toBe('2026-10-25T00:30:00.000Z');
  });

  it('keeps the wall clock over days and months', () => {
    const noon = instantOf(wall(2026, 3, 28, 12), kyiv);
    expect(wallClock(plusDays(noon, 1, kyiv), kyiv)).toMatchObject({ day: 29, hour: 12 });
    const end = instantOf(wall(2026, 1, 31, 9), kyiv);
    expect(wallClock(plusMonths(end, 1, kyiv), kyiv)).toMatchObject({ month: 2, day: 28, hour: 9 });
  });
});

describe('a time as people type it', () => {
  // A Wednesday, 14:00 in Kyiv.
  const now = Date.parse('2026-11-25T12:00:00Z');
  const read = (text: string, locale = 'en', timeOfDay = '23:59'): string | null =>
    iso(parseInstant(text, { now, zone: kyiv, locale, timeOfDay }));

  it.each([
    ['now', '2026-11-25T12:00:00.000Z'],
    ['tomorrow 18:00', '2026-11-26T16:00:00.000Z'],
    ['Tomorrow at 6pm', '2026-11-26T16:00:00.000Z'],
    ['tomorrow', '2026-11-26T21:59:00.000Z'],
    ['today 23:30', '2026-11-25T21:30:00.000Z'],
    ['+7d', '2026-12-02T12:00:00.000Z'],
    ['+2h', '2026-11-25T14:00:00.000Z'],
    ['in 3 days', '2026-11-28T12:00:00.000Z'],
    ['2 days ago', '2026-11-23T12:00:00.000Z'],
    ['-24h', '2026-11-24T12:00:00.000Z'],
    ['+1mo', '2026-12-25T12:00:00.000Z'],
    ['+7d 18:00', '2026-12-02T16:00:00.000Z'],
    ['18:00', '2026-11-25T16:00:00.000Z'],
    ['9:30', '2026-11-26T07:30:00.000Z'],
    ['fri 9:30', '2026-11-27T07:30:00.000Z'],
    ['wednesday', '2026-12-02T21:59:00.000Z'],
    ['2026-12-31', '2026-12-31T21:59:00.000Z'],
    ['2026-12-31 08:05', '2026-12-31T06:05:00.000Z'],
    ['2026-12-31T08:05', '2026-12-31T06:05:00.000Z'],
    ['2026-12-31T08:05:00Z', '2026-12-31T08:05:00.000Z'],
    ['2026-12-31T08:05:00+02:00', '2026-12-31T06:05:00.000Z'],
    ['31.12.2026 23:59', '2026-12-31T21:59:00.000Z'],
    ['31.12', '2026-12-31T21:59:00.000Z'],
    ['1.2', '2027-02-01T21:59:00.000Z'],
    ['Dec 31', '2026-12-31T21:59:00.000Z'],
    ['31 Dec 2026 10:00', '2026-12-31T08:00:00.000Z'],
    ['December 31st, 2026', '2026-12-31T21:59:00.000Z'],
    ['end of month', '2026-11-30T21:59:00.000Z'],
  ])('%s', (text, instant) => {
    expect(read(text)).toBe(instant);
  });

  it.each([
    ['завтра 18:00', '2026-11-26T16:00:00.000Z'],
    ['через 3 дні', '2026-11-28T12:00:00.000Z'],
    ['+7д', '2026-12-02T12:00:00.000Z'],
    ['пʼятниця 9:30', '2026-11-27T07:30:00.000Z'],
    ['31 грудня', '2026-12-31T21:59:00.000Z'],
    ['кінець місяця', '2026-11-30T21:59:00.000Z'],
  ])('%s in Ukrainian', (text, instant) => {
    expect(read(text, 'uk')).toBe(instant);
  });

  it('takes the order of day and month from the locale', () => {
    expect(read('12/1/2026', 'en-US')).toBe('2026-12-01T21:59:00.000Z');
    expect(read('12/1/2027', 'en-GB')).toBe('2027-01-12T21:59:00.000Z');
  });

  it.each(['', 'soon', '25:00', '2026-02-30', '31.02.2026', '7', '+7', '2026-13-01', '18:60', 'ma 5'])(
    'refuses "%s"',
    (text) => {
      expect(read(text)).toBeNull();
    },
  );
});

describe('lengths of time', () => {
  it.each([
    ['24', 60, 1440],
    ['36h', 60, 2160],
    ['1d 12h', 60, 2160],
    ['2 weeks', 60, 20_160],
    ['90 min', 60, 90],
    ['3 дні', 60, 4320],
    ['12 год.', 60, 720],
    ['5', 1440, 7200],
  ])('%s', (text, bare, minutes) => {
    expect(parseDuration(text, bare)).toBe(minutes);
  });

  it.each(['', 'abc', '1x', 'h', '-5', '1.5.2x'])('refuses "%s"', (text) => {
    expect(parseDuration(text, 60)).toBeNull();
  });

  it('are written with their two largest units', () => {
    const [hour, day] = [3_600_000, 86_400_000];
    expect(durationText(3 * day + 4 * hour + 5000, 'en')).toBe('3 days 4 hr');
    expect(durationText(3 * day + 5000, 'en')).toBe('3 days');
    expect(durationText(12 * 60_000, 'en')).toBe('12 min');
    expect(durationText(0, 'en')).toBe('0 sec');
    // Seconds only under an hour.
    expect(clockText(12 * 60_000 + 33_000, 'en')).toBe('12:33');
    expect(clockText(9000, 'en')).toBe('00:09');
    expect(clockText(5 * hour + 12 * 60_000 + 33_000, 'en')).toBe('5 hr 12 min');
    expect(clockText(3 * day + 4 * hour, 'en')).toBe('3 days 4 hr');
  });

  it('are told from now', () => {
    const now = Date.parse('2026-11-25T12:00:00Z');
    expect(relativeText(now + 3 * 3_600_000, now, 'en')).toBe('in 3 hours');
    expect(relativeText(now - 86_400_000, now, 'en')).toBe('1 day ago');
    expect(relativeText(now + 30 * 3_600_000, now, 'en')).toBe('in 1 day');
    expect(relativeText(now - 9000, now, 'en')).toBe('9 seconds ago');
    expect(relativeText(now - 400, now, 'en')).toBe('now');
    expect(relativeText(now + 400, now, 'en')).toBe('now');
    expect(utcText(now)).toBe('2026-11-25 12:00:00 UTC');
  });
});

describe('the zones to choose from', () => {
  it('have UTC, each zone once, and Kyiv by its present name', () => {
    const listed = zones();
    expect(listed).toEqual(expect.arrayContaining(['UTC', 'Europe/Kyiv', 'Asia/Kathmandu']));
    expect(listed).not.toContain('Europe/Kiev');
    expect(new Set(listed).size).toBe(listed.length);
  });
});
