import { exportStatusText, rateChanges } from '../../../../domain/rates/tables/rate-changes.js';
import { ratePolicies, rateStatuses } from '../../../../domain/rates/tables/table-rate.js';
import { rateViews, tableRateList, tableRateSorts } from '../../../../storage/rates/tables/table-rate-list.js';
import { defineList } from '../../../contract/define-list.js';
import { oneOrMore } from '../../../contract/lists.js';
import { instant, line } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { tableRateJson, tableRateSchema } from './rate-schema.js';
import { requireRateTable } from './require-rate-table.js';
import { rateTableParams } from './schema.js';

export const listTableRatesOperation = defineList({
  id: 'listTableRates',
  path: '/v1/rate-tables/{id}/rates',
  area: 'rate-tables',
  summary: 'List the rates of a rate table',
  description:
    'With `code`, `timeProfile`, and `policy`: the history of a series. With `view=latest` and `prevDiffStatusExport`: what changed ' +
    'since the last export.',
  scope: 'profiles:read',
  params: rateTableParams,
  filters: {
    q: line(128).optional().openapi({ description: 'Beginning of the code, or part of the code name, ignoring case' }),
    code: line(32).optional(),
    timeProfile: line(64).optional(),
    policy: z.enum(ratePolicies).optional(),
    status: z.enum(rateStatuses).optional(),
    view: z.enum(rateViews).optional().openapi({
      description:
        '`latest`: the last rate of each series, also of the future · `current`: rates of now · default: all',
    }),
    prevDiffStatus: oneOrMore(rateChanges).optional(),
    prevDiffStatusExport: oneOrMore(rateChanges).optional(),
    effectiveFrom: instant.optional().openapi({ description: 'Effective from this time or later' }),
    effectiveTo: instant.optional().openapi({ description: 'Effective from before this time' }),
    tag: line(50).optional(),
  },
  sorts: tableRateSorts,
  order: 'code,effectiveFrom',
  page: 'A page of rates',
  item: tableRateSchema,
  require: ({ scope, params }) => requireRateTable(scope, params.id),
  rows: (q, { params, filter, now }) => tableRateList(q, params.id, filter, now),
  toJson: (row) => tableRateJson(row),
  csv: {
    id: 'exportTableRates',
    name: 'table-rates',
    what: 'the rates of a rate table',
    params: { id: 'rateTableId' },
    columns: {
      code: { header: 'Code', value: ({ code }) => code },
      codeName: { header: 'Code Name', value: ({ codeName }) => codeName },
      effectiveFrom: { header: 'Effective Date', value: ({ effectiveFrom }) => effectiveFrom },
      rate: { header: 'Rate', value: ({ rate }) => ({ number: rate }) },
      minVolume: { header: 'Min Volume', value: ({ minVolume }) => ({ number: minVolume }) },
      interval: { header: 'Interval', value: (row) => ({ number: row.interval }) },
      graceVolume: { header: 'Grace Volume', value: ({ graceVolume }) => ({ number: graceVolume }) },
      setupFee: { header: 'Setup Fee', value: ({ setupFee }) => ({ number: setupFee }) },
      timeProfile: { header: 'Profile', value: ({ timeProfile }) => timeProfile },
      endsAt: { header: 'End Date', value: ({ endsAt }) => endsAt },
      previousRate: { header: 'Previous Rate', value: ({ previousRate }) => ({ number: previousRate }) },
      prevDiff: { header: 'Prev Diff', value: ({ prevDiff }) => ({ number: prevDiff }) },
      prevDiffStatus: { header: 'Prev Diff Status', value: ({ prevDiffStatus }) => prevDiffStatus },
      prevDiffExport: { header: 'Prev Diff (export)', value: ({ prevDiffExport }) => ({ number: prevDiffExport }) },
      prevDiffStatusExport: {
        header: 'Prev Diff Status (export)',
        value: ({ prevDiffStatusExport, prevDiffExport }) => exportStatusText(prevDiffStatusExport, prevDiffExport),
      },
      notes: { header: 'Notes', value: ({ notes }) => notes },
      tags: { header: 'Tag', value: ({ tags }) => tags.join(', ') },
      policy: { header: 'Policy', value: ({ policy }) => policy },
      status: { header: 'Status', value: ({ status }) => status },
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
    },
  },
});
