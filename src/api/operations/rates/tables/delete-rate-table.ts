import { rateTableKind } from '../../../../services/rates/tables/rate-tables.js';
import { removeShared } from '../../../../services/shared-record.js';
import { noContent } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireVersion } from '../../../http/if-match.js';
import { rateTableJson, rateTableParams } from './schema.js';

export const deleteRateTableOperation = defineOperation({
  id: 'deleteRateTable',
  method: 'delete',
  path: '/v1/rate-tables/{id}',
  area: 'rate-tables',
  summary: 'Delete a rate table that no client uses',
  description: 'Its rates are deleted with it.',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: rateTableParams, query: z.strictObject({ reason: reason.optional() }) },
  responses: { 204: { description: 'Deleted' } },
  problems: ['in_use'],
  async handler({ params, query, requester, ifMatch }) {
    await removeShared(requester, rateTableKind, params.id, query.reason ?? null, (row) =>
      requireVersion(ifMatch, row.version, rateTableJson(row)),
    );
    return noContent();
  },
});
