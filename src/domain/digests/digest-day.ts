/** A daily digest is sent once for each day of its reader's calendar, from the hour on that the reader chose. */

/**
 * The local day whose digest is due; null: its hour has not come. An hour that the change to daylight saving time leaves
 * out has come with the hour after it, and a day on which an hour comes twice has one digest, because it is one day.
 *
 * @param hour 0 to 23 by the reader's clock
 * @returns `2026-03-29`
 */
export function dueDigestDay(hour: number, timeZone: string, now: number): string | null {
  const { day, hour: hourNow } = localTime(timeZone, now);
  return hourNow >= hour ? day : null;
}

/** Beginning and end of the local day of an instant, in ms: what ends today ends between them. */
export function restOfDay(timeZone: string, now: number): { readonly from: number; readonly until: number } {
  const { day } = localTime(timeZone, now);
  // The day ends at the first quarter of an hour of another day: zones differ from UTC by whole quarters.
  const step = 15 * 60_000;
  let until = Math.floor(now / step) * step + step;
  while (localTime(timeZone, until).day === day) until += step;
  return { from: now, until };
}

function localTime(timeZone: string, now: number): { readonly day: string; readonly hour: number } {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23' },
  }).formatToParts(new Date(now));
  const part = (wanted: string): string => parts.find(({ type }) => type === wanted)?.value ?? '';
  return { day: `${part('year')}-${part('month')}-${part('day')}`, hour: Number(part('hour')) };
}
