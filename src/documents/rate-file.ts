import { exportStatusText } from '../domain/rates/tables/rate-changes.js';
import type { RateFileFormat } from '../domain/rates/notifications/rate-notification.js';
import type { AnnouncedRate } from '../domain/rates/notifications/announced-rates.js';
import { csvOf, type Cell, type Column } from './tables/csv.js';
import { xlsxOf, xlsxType } from './tables/xlsx.js';

/** Media types of the rate files that clients receive. */
export const rateFileTypes: Readonly<Record<RateFileFormat, string>> = { csv: 'text/csv', xlsx: xlsxType };

/** Renders rates with the columns of the manual. Codes are text, so that a spreadsheet keeps their zeros. */
export async function renderRateFile(
  rates: readonly AnnouncedRate[],
  format: RateFileFormat,
  timezone: string,
): Promise<Buffer> {
  const columns = rateColumns(timezone);
  const rows = (async function* () {
    yield rates;
  })();
  const file = format === 'csv' ? csvOf(rows, columns, ',') : xlsxOf(rows, columns);
  const parts: Buffer[] = [];
  for await (const part of file) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts);
}

function rateColumns(timezone: string): readonly Column<AnnouncedRate>[] {
  const dateText = dateFormat(timezone);
  const date = (at: Date | null): Cell => at && dateText(at);
  return [
    { header: 'Code', value: ({ code }) => code },
    { header: 'Code Name', value: ({ codeName }) => codeName },
    { header: 'Effective Date', value: ({ effectiveFrom }) => date(effectiveFrom) },
    { header: 'Rate', value: ({ rate }) => ({ number: rate }) },
    { header: 'Min Volume', value: ({ minVolume }) => ({ number: minVolume }) },
    { header: 'Interval', value: ({ interval }) => ({ number: interval }) },
    { header: 'Grace Volume', value: ({ graceVolume }) => ({ number: graceVolume }) },
    { header: 'Setup Fee', value: ({ setupFee }) => ({ number: setupFee }) },
    { header: 'Profile', value: ({ timeProfile }) => timeProfile },
    { header: 'End Date', value: ({ endsAt }) => date(endsAt) },
    { header: 'Previous Rate', value: ({ previousRate }) => ({ number: previousRate }) },
    { header: 'Prev Diff', value: ({ prevDiff }) => ({ number: prevDiff }) },
    { header: 'Prev Diff Status', value: ({ prevDiffStatus }) => prevDiffStatus },
    { header: 'Prev Diff (export)', value: ({ prevDiffExport }) => ({ number: prevDiffExport }) },
    {
      header: 'Prev Diff Status (export)',
      value: ({ prevDiffStatusExport, prevDiffExport }) => exportStatusText(prevDiffStatusExport, prevDiffExport),
    },
    { header: 'Notes', value: ({ notes }) => notes },
    { header: 'Tag', value: ({ tags }) => tags.join(', ') },
    { header: 'Policy', value: ({ policy }) => policy },
    { header: 'Status', value: ({ status }) => status },
  ];
}

/** `07/21/2017 00:00:00 +0000`, as the manual has it, in the zone of the rate table. */
function dateFormat(timeZone: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hourCycle: 'h23', timeZoneName: 'longOffset' },
    ...({ hour: '2-digit', minute: '2-digit', second: '2-digit' } as const),
  } as Intl.DateTimeFormatOptions);
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
    const offset = part('timeZoneName').replace('GMT', '').replace(':', '') || '+0000';
    return `${part('month')}/${part('day')}/${part('year')} ${part('hour')}:${part('minute')}:${part('second')} ${offset}`;
  };
}
