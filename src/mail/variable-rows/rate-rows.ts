import type { Row } from './variable-row.js';

export const rateRows: readonly Row[] = [
  ['company.name', 'text', 'Company whose rates they are', 'Company Name'],
  ['rates.table', 'text', 'Name of the rate table', 'Wholesale voice'],
  ['rates.type', 'text', 'all or changed', 'changed'],
  ['rates.kind', 'text', 'scheduled, forced, or correction', 'scheduled'],
  ['rates.date', 'text', 'When the files were made, in `tz`', '2026-03-09 09:00'],
  ['rates.last_date', 'text', 'When rates were last announced, in `tz`; empty if never', '2026-03-02 09:00'],
  ['rates.tz', 'text', 'Time zone of the dates', 'Europe/Kyiv'],
  [
    'rates.file',
    'text',
    'Names of the attached files',
    'rates-changed-Company_Name-for-Customer_A-all-2026-03-09_09-00.xlsx',
  ],
  ['rates.total', 'number', 'Rates in the files', '12'],
  ['rates.new', 'number', 'Of these, new', '3'],
  ['rates.increased', 'number', 'Of these, increased', '5'],
  ['rates.decreased', 'number', 'Of these, decreased', '2'],
  ['rates.unchanged', 'number', 'Of these, unchanged', '1'],
  ['rates.closed', 'number', 'Of these, with nothing but an end', '1'],
  [
    'rates.first_effective',
    'text',
    'When the first changed rate takes effect, in `tz`; empty if none is changed',
    '2026-03-16 00:00',
  ],
];
