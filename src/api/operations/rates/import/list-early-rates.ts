import { noticeKinds } from '../../../../domain/rates/agreements/agreement.js';
import { earlyOutcomes, earlyRates, earlyRateSorts } from '../../../../storage/rates/import/rate-import-rows.js';
import { defineList } from '../../../contract/define-list.js';
import { idText, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { rateImportParams, requireRateImportRow } from './schema.js';

const earlyRateSchema = z
  .strictObject({
    id: idText.openapi({ description: 'Place of the row in the import, from 1' }),
    row: z.int().openapi({ description: 'In the file, where the column names are row 1' }),
    code: z.string(),
    timeProfile: z.string(),
    rate: z.string(),
    kind: z.enum(noticeKinds).openapi({ description: 'By which term of the agreement; `closed`: its end is too soon' }),
    given: timeString.openapi({ description: 'Effective date in the file, or end date if `closed`' }),
    allowed: timeString.openapi({ description: 'The earliest date that the agreement allows' }),
    outcome: z.enum(earlyOutcomes).openapi({
      description:
        '`imported`: as in the file · `shifted`: to the allowed date · `superseded`: left out, since a later rate of its code is ' +
        'effective by then · `rejected`: an error',
    }),
  })
  .openapi('EarlyRate');

export const listEarlyRatesOperation = defineList({
  id: 'listEarlyRates',
  path: '/v1/rate-imports/{id}/early',
  area: 'rate-tables',
  summary: 'List the rates of an import that come too soon',
  description:
    'Rows whose rate takes effect, or ends, sooner than the agreement of the table allows, and what the import does with them.',
  scope: 'profiles:write',
  params: rateImportParams,
  filters: {},
  sorts: earlyRateSorts,
  order: 'id',
  page: 'A page of rows, in the order of the file',
  item: earlyRateSchema,
  require: ({ scope, params }) => requireRateImportRow(scope, params.id),
  rows: (q, { params }) => earlyRates(q, params.id),
  toJson: ({ id, number, code, timeProfile, rate, kind, given, allowed, outcome }) => ({
    ...{ id, row: number, code, timeProfile, rate, kind, given: timeText(given), allowed: timeText(allowed), outcome },
  }),
  csv: {
    id: 'exportEarlyRates',
    name: 'early-rates',
    what: 'the rates of an import that come too soon',
    params: { id: 'rateImportId' },
    columns: {
      id: { header: 'Position', value: ({ id }) => ({ number: id }) },
      row: { header: 'Import row', value: ({ row }) => ({ number: String(row) }) },
      code: { header: 'Code', value: ({ code }) => code },
      timeProfile: { header: 'Profile', value: ({ timeProfile }) => timeProfile },
      rate: { header: 'Rate', value: ({ rate }) => ({ number: rate }) },
      kind: { header: 'Change', value: ({ kind }) => kind },
      given: { header: 'Date in the file', value: ({ given }) => given },
      allowed: { header: 'Earliest allowed', value: ({ allowed }) => allowed },
      outcome: { header: 'Outcome', value: ({ outcome }) => outcome },
    },
  },
});
