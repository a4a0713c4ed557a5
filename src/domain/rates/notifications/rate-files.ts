import { groupBy } from '../../group-by.js';
import { localDate } from '../../invoicing/local-days.js';
import type { RateFileFormat, RateNotificationType } from './rate-notification.js';
import type { AnnouncedRate } from './announced-rates.js';

/** The files of a notification: one for each time profile (docs/rates.md#rate-notifications). */

interface Naming {
  readonly type: RateNotificationType;
  readonly format: RateFileFormat;
  /** whose rates they are */
  readonly resellerName: string;
  /** the recipient */
  readonly clientName: string;
  readonly clientId: string;
  /** of the rate table, in which the name has its time */
  readonly timezone: string;
  readonly at: number;
}

interface RateFileContents {
  readonly fileName: string;
  readonly timeProfile: string;
  readonly rates: readonly AnnouncedRate[];
}

export function rateFiles(rates: readonly AnnouncedRate[], naming: Naming): RateFileContents[] {
  return [...groupBy(rates, ({ timeProfile }) => timeProfile)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([timeProfile, own]) => ({ fileName: fileName(timeProfile, naming), timeProfile, rates: own }));
}

/** `rates-changed-Operator-for-Customer_A-all-2026-03-09_09-00.xlsx` */
function fileName(
  timeProfile: string,
  { type, format, resellerName, clientName, clientId, timezone, at }: Naming,
): string {
  const names = [
    cleaned(resellerName) || 'rates',
    'for',
    cleaned(clientName) || clientId,
    cleaned(timeProfile) || 'profile',
  ];
  return `rates-${type}-${names.join('-')}-${localDate(at, timezone)}_${localClock(at, timezone).replace(':', '-')}.${format}`;
}

const longestName = 60;

/** What every file system and mail program takes; letters of other scripts are left out. */
function cleaned(name: string): string {
  return name
    .replaceAll(/\s+/g, '_')
    .replaceAll(/[^A-Za-z0-9._-]/g, '')
    .replaceAll(/^[._-]+|[._-]+$/g, '')
    .slice(0, longestName);
}

/** `09:00` */
export function localClock(at: number, timeZone: string): string {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return clock.format(at);
}
