import { recordExport } from '../../../../services/rates/tables/record-export.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { instant, reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireVersion } from '../../../http/if-match.js';
import { rateTableJson, rateTableParams, rateTableSchema } from './schema.js';

const body = z
  .strictObject({
    at: instant.optional().openapi({ description: 'When the exported file was made; default: now' }),
    reason: reason.optional(),
  })
  .openapi('RateExportInput');

export const recordRateExportOperation = defineOperation({
  id: 'recordRateExport',
  method: 'post',
  path: '/v1/rate-tables/{id}/exports',
  area: 'rate-tables',
  summary: 'Record an export of a rate table',
  description:
    'The file is that of `exportTableRates`, all rates or with `prevDiffStatusExport` only changed ones. Once it is sent, record the ' +
    'export: rates that were effective by then are unchanged in the next one. An export that is not recorded moves nothing.',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: rateTableParams, body },
  example: { reason: 'sent to all clients' },
  responses: { 200: { description: 'The rate table', schema: rateTableSchema } },
  async handler({ params, body: { at, reason: why = null }, requester, ifMatch }) {
    const exported = { at: at ?? new Date(requester.now), reason: why };
    const row = await recordExport(requester, params.id, exported, (before) =>
      requireVersion(ifMatch, before.version, rateTableJson(before)),
    );
    return ok(rateTableJson(row), { version: row.version });
  },
});
