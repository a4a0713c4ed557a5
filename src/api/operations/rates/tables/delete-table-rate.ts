import { removeTableRate } from '../../../../services/rates/tables/table-rates.js';
import { noContent } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireVersion } from '../../../http/if-match.js';
import { tableRateJson, tableRateParams } from './rate-schema.js';

export const deleteTableRateOperation = defineOperation({
  id: 'deleteTableRate',
  method: 'delete',
  path: '/v1/table-rates/{id}',
  area: 'rate-tables',
  summary: 'Delete a rate of a rate table',
  description: 'Later rates of its series are compared with the one before it. To keep it, stash it instead.',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: {
    params: tableRateParams,
    query: z.strictObject({
      confirmNotified: z
        .enum(['true', 'false'])
        .optional()
        .openapi({ description: 'Delete the rate although clients were notified of it' }),
      reason: reason.optional(),
    }),
  },
  problems: ['rate_already_notified'],
  responses: { 204: { description: 'Deleted' } },
  async handler({ params, query, requester, ifMatch }) {
    const asked = { reason: query.reason ?? null, isConfirmed: query.confirmNotified === 'true' };
    await removeTableRate(requester, params.id, asked, (row) =>
      requireVersion(ifMatch, row.version, tableRateJson(row)),
    );
    return noContent();
  },
});
