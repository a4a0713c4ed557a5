import type { DateFormat } from './import-options.js';

/** Dates in files of rates: a day in one of the formats, or an instant as our own files have it. */

const parts =
  /^(?<date>[\d./-]+?)(?:(?<gap>T| +)(?<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(?<zone>Z|[+-]\d{2}:?\d{2})?)?$/;

const forms: Readonly<Record<DateFormat, RegExp>> = {
  'YYYY-MM-DD': /^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})$/,
  'YYYY/MM/DD': /^(?<y>\d{4})\/(?<m>\d{1,2})\/(?<d>\d{1,2})$/,
  YYYYMMDD: /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/,
  'YYYY-MM': /^(?<y>\d{4})-(?<m>\d{1,2})$/,
  'DD-MM-YYYY': /^(?<d>\d{1,2})-(?<m>\d{1,2})-(?<y>\d{4})$/,
  'DD.MM.YYYY': /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})$/,
  'MM/DD/YYYY': /^(?<m>\d{1,2})\/(?<d>\d{1,2})\/(?<y>\d{4})$/,
  'DD/MM/YYYY': /^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<y>\d{4})$/,
};

/** How the dates with slashes of a column are written, which only some of them show; `mixed`: they contradict each other. */
export type SlashOrder = 'MM/DD/YYYY' | 'DD/MM/YYYY' | 'mixed';

const slashed = /^\s*(\d{1,2})\/(\d{1,2})\/\d{4}/;

/** How the dates with slashes of a column are written, once this cell of it is known, too. */
export function slashOrderWith(known: SlashOrder | null, cell: string): SlashOrder | null {
  const [, one = '0', other = '0'] = slashed.exec(cell) ?? [];
  const shown: SlashOrder | null = Number(one) > 12 ? 'DD/MM/YYYY' : Number(other) > 12 ? 'MM/DD/YYYY' : null;
  if (known === null || shown === null || known === shown) return known ?? shown;
  return 'mixed';
}

interface ReadDate {
  readonly format: DateFormat | 'auto';
  readonly timezone: string;
  /** for `auto`: of the whole column; null: no date of it shows that */
  readonly slashes?: SlashOrder | null;
}

/**
 * Null for what is no date of the format. `auto`: a date that fits two formats is none, unless another date of its column shows
 * which it is.
 */
export function readRateDate(text: string, { format, timezone, slashes = null }: ReadDate): Date | null {
  const found = parts.exec(text.trim())?.groups;
  const written = found?.['date'];
  if (written === undefined) return null;
  const days = new Set(
    Object.entries(forms)
      .filter(([name]) => {
        if (format === 'auto') return slashes === null || !name.includes('/YYYY') || name === slashes;
        // Our own files always have instants in this form, and so have dates of workbooks.
        return name === format || (name === 'YYYY-MM-DD' && (found?.['zone'] !== undefined || found?.['gap'] === 'T'));
      })
      .flatMap(([, form]) => dayOf(form.exec(written)?.groups) ?? []),
  );
  const [day] = days;
  if (day === undefined || days.size > 1) return null;
  return instantOf(day, found?.['time'] ?? '00:00', found?.['zone'], timezone);
}

function dayOf(groups: Readonly<Record<string, string>> | undefined): string | null {
  if (!groups) return null;
  const { y = '', m = '', d = '1' } = groups;
  const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  const date = new Date(`${day}T00:00:00Z`);
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) && Number(y) > 0;
  return isReal ? day : null;
}

function instantOf(day: string, time: string, zone: string | undefined, timezone: string): Date | null {
  const [h = '', m = '', s = '0'] = time.split(':');
  if (Number(h) > 23 || Number(m) > 59 || Number(s) >= 60) return null;
  const wall = Date.parse(`${day}T00:00:00Z`) + (Number(h) * 3600 + Number(m) * 60 + Math.floor(Number(s))) * 1000;
  if (zone === undefined) return new Date(wall - offsetAt(wall - offsetAt(wall, timezone), timezone));
  if (zone === 'Z') return new Date(wall);
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return new Date(wall - (zone.startsWith('-') ? -1 : 1) * minutes * 60_000);
}

/** By how much the clocks of a zone are ahead of UTC. */
function offsetAt(instant: number, timezone: string): number {
  const shown = formatOf(timezone).formatToParts(instant);
  const at = (type: string): number => Number(shown.find((part) => part.type === type)?.value);
  return Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second')) - instant;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, calendar: 'gregory', hourCycle: 'h23', year: 'numeric', month: '2-digit' },
    ...{ day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  } as const);
  formats.set(timeZone, made);
  return made;
}
