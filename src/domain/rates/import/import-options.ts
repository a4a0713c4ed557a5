/** How a file of rates is imported (docs/rates.md#import). */

/** add: rates of the file are added, those of the same date replaced; replace: series that it lacks are closed besides. */
export const importModes = ['add', 'replace'] as const;

/** Of several rows of one series and date, which one counts; report: each but the first is an error. */
export const duplicateRules = ['last', 'first', 'report'] as const;

/** warn: they are imported as they are; shift: to the earliest date that is allowed; reject: each is an error. */
export const earlyRules = ['warn', 'shift', 'reject'] as const;

export const dateFormats = [
  'YYYY-MM-DD',
  'YYYY/MM/DD',
  'YYYYMMDD',
  'YYYY-MM',
  'DD-MM-YYYY',
  'DD.MM.YYYY',
  'MM/DD/YYYY',
  'DD/MM/YYYY',
] as const;
export type DateFormat = (typeof dateFormats)[number];

export interface RateImportOptions {
  readonly mode: (typeof importModes)[number];
  /** auto: by the form of each date */
  readonly dateFormat: DateFormat | 'auto';
  /** of dates without one */
  readonly timezone: string;
  /** for rows without an effective date; null: such rows are errors */
  readonly effectiveFrom: string | null;
  readonly onDuplicate: (typeof duplicateRules)[number];
  /** import_valid: rows with errors are left out; import_nothing: with an error nothing is imported */
  readonly onError: 'import_valid' | 'import_nothing';
  /** rates that do not differ from those before them */
  readonly ifUnchanged: 'save' | 'skip';
  /** rates that take effect, or end, sooner than the agreement of the table allows */
  readonly ifEarly: (typeof earlyRules)[number];
}
