/** What a file of clients may have. A file above one of these is refused before a row of it is kept. */
export const importLimits = {
  /** of the file as it is sent */
  bytes: 33_554_432,
  /** without the header */
  rows: 100_000,
  columns: 200,
  cells: 5_000_000,
  /** characters of one row */
  rowLength: 131_072,
} as const;

/** An upload is deleted after so long, with what is left of its rows. */
export const importKeptDays = 30;

export const importFormats = ['csv', 'xlsx'] as const;
export type ImportFormat = (typeof importFormats)[number];
