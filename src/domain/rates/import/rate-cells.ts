import {
  codePattern,
  plainRate,
  rateLimits,
  knownTimeProfile,
  ratePolicies,
  rateStatuses,
  type TableRateFields,
} from '../tables/table-rate.js';
import { dateFormats, type RateImportOptions } from './import-options.js';
import { readRateDate, type SlashOrder } from './rate-dates.js';

/** Columns and cells of a file of rates, before anything is known of the table. */

export const rateImportFields = [
  ...['code', 'codeName', 'effectiveFrom', 'endsAt', 'rate', 'minVolume', 'interval', 'graceVolume', 'setupFee'],
  ...['timeProfile', 'policy', 'status', 'tags', 'notes'],
] as readonly string[] as readonly RateImportField[];
export type RateImportField = keyof TableRateFields;

/** Which field each column of a file is. Null: the column is not imported. */
export type RateMapping = readonly (RateImportField | null)[];

export const requiredRateFields = ['code', 'rate'] as const satisfies readonly RateImportField[];

/** Headers besides the names of the fields: those of our own files, and what spreadsheets have. */
const headers: Readonly<Record<RateImportField, readonly string[]>> = {
  code: ['prefix', 'dial code'],
  codeName: ['destination', 'code name', 'name'],
  effectiveFrom: ['effective date', 'effective', 'start date', 'valid from'],
  endsAt: ['end date', 'ends', 'valid until'],
  rate: ['price'],
  minVolume: ['min volume', 'minimum volume'],
  interval: ['increment'],
  graceVolume: ['grace volume'],
  setupFee: ['setup fee', 'connection fee'],
  timeProfile: ['profile', 'time profile'],
  policy: [],
  status: [],
  tags: ['tag'],
  notes: ['note', 'comment', 'comments'],
};

const fieldOfHeader: ReadonlyMap<string, RateImportField> = new Map(
  rateImportFields.flatMap((name) => [name, ...headers[name]].map((header) => [plainHeader(header), name] as const)),
);

/** The field that each header names; each field once. */
export function matchRateColumns(columns: readonly string[]): RateMapping {
  const used = new Set<RateImportField>();
  return columns.map((header) => {
    const field = fieldOfHeader.get(plainHeader(header));
    if (field === undefined || used.has(field)) return null;
    used.add(field);
    return field;
  });
}

function plainHeader(header: string): string {
  return header.replaceAll(/[\s_\-.*]+/g, '').toLowerCase();
}

/** What is wrong with one cell of a row, or with the row. */
export interface RateFault {
  /** of the column, from 0; null: the fault is not of one column */
  readonly column: number | null;
  readonly field: RateImportField | null;
  readonly code: string;
  /** the reason and the remedy */
  readonly detail: string;
}

/** What spreadsheets take for the beginning of a formula, guarded by an apostrophe in exported files. */
const guarded = /^'(?=[=+\-@\t\r＝＋－＠])/;
// What is sent to PostgreSQL has none.
const unfit = /[\u0000-\u0008\u000B-\u001F\u007F]/;

const volumeFault = (min: number): string => `must be a whole number from ${min} to ${rateLimits.volume}`;
const amountFault = 'must be a decimal number with a point, up to 9 digits and 6 decimals';

/** Reads the cells of a row. An empty cell gives its field the default. */
export function readRateCells(
  mapping: RateMapping,
  cells: readonly string[],
  options: RateImportOptions,
  slashes: readonly (SlashOrder | null)[] = [],
): { readonly fields: TableRateFields | null; readonly faults: readonly RateFault[] } {
  const faults: RateFault[] = [];
  const textOf = (field: RateImportField): string => {
    const column = mapping.indexOf(field);
    return column < 0 ? '' : (cells[column] ?? '').replace(guarded, '').trim();
  };
  const fault = (field: RateImportField, detail: string, code = 'invalid'): void => {
    const column = mapping.indexOf(field);
    faults.push({ column: column < 0 ? null : column, field, code, detail });
  };
  const read = <T>(
    field: RateImportField,
    empty: T,
    valueOf: (text: string) => T | null,
    detail: string,
    codeOf: (text: string) => string = () => 'invalid',
  ): T => {
    const text = textOf(field);
    if (text === '') return empty;
    const value = unfit.test(text) ? null : valueOf(text);
    if (value !== null) return value;
    fault(field, detail, codeOf(text));
    return empty;
  };
  const text = (field: RateImportField, max: number): string | null =>
    read<string | null>(
      field,
      null,
      (given) => (given.length <= max ? given : null),
      `must have up to ${max} characters`,
    );
  const volume = (field: RateImportField, min: number): number =>
    read(
      field,
      min,
      (given) => {
        const isWhole = /^\d{1,7}$/.test(given) && Number(given) >= min && Number(given) <= rateLimits.volume;
        return isWhole ? Number(given) : null;
      },
      volumeFault(min),
    );
  const date = (field: RateImportField): Date | null => {
    const { dateFormat: format, timezone } = options;
    const remedy =
      format === 'auto' ? 'must be a date that fits one format: choose the date format' : `must be a date as ${format}`;
    const known = { timezone, slashes: slashes[mapping.indexOf(field)] ?? null };
    const fits = (given: string): boolean =>
      dateFormats.some((one) => readRateDate(given, { format: one, timezone }) !== null);
    return read<Date | null>(
      field,
      null,
      (given) => readRateDate(given, { format, ...known }),
      remedy,
      (given) => (format === 'auto' && fits(given) ? 'ambiguous_date' : 'invalid'),
    );
  };
  const word = <V extends string>(field: RateImportField, values: readonly V[], empty: V): V =>
    read(
      field,
      empty,
      (given) => values.find((known) => known === given.toLowerCase()) ?? null,
      `must be ${values.join(' or ')}`,
    );

  const fields: TableRateFields = {
    code: read(
      'code',
      '',
      (given) => (codePattern.test(given) ? given : null),
      'must be 1 to 32 digits, letters, *, #, or +',
    ),
    codeName: text('codeName', rateLimits.codeName),
    effectiveFrom: date('effectiveFrom') ?? new Date(options.effectiveFrom ?? Number.NaN),
    endsAt: date('endsAt'),
    rate: read('rate', '', plainRate, amountFault),
    minVolume: volume('minVolume', 1),
    interval: volume('interval', 1),
    graceVolume: volume('graceVolume', 0),
    setupFee: read(
      'setupFee',
      '0',
      (given) => (given.startsWith('-') ? null : plainRate(given)),
      `${amountFault}, not negative`,
    ),
    timeProfile: knownTimeProfile(text('timeProfile', rateLimits.timeProfile) ?? 'all'),
    policy: word('policy', ratePolicies, 'regular'),
    status: word('status', rateStatuses, 'active'),
    tags: read<readonly string[]>('tags', [], tagsOf, `must be up to ${rateLimits.tags} tags with commas between them`),
    notes: text('notes', rateLimits.notes),
  };
  for (const field of requiredRateFields) if (textOf(field) === '') fault(field, 'must be given', 'missing');
  const hasDate = !Number.isNaN(fields.effectiveFrom.getTime());
  if (!hasDate && textOf('effectiveFrom') === '') {
    fault('effectiveFrom', 'must be given, or an effective date chosen for rows without one', 'missing');
  }
  if (hasDate && fields.endsAt && fields.endsAt <= fields.effectiveFrom) {
    fault('endsAt', 'must be later than the effective date');
  }
  return { fields: faults.length === 0 ? fields : null, faults };
}

function tagsOf(text: string): readonly string[] | null {
  const tags = text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return tags.length <= rateLimits.tags && tags.every((tag) => tag.length <= 50) ? tags : null;
}
