import { customerClassKind } from '../../../../services/clients/customer-classes.js';
import { removeShared } from '../../../../services/shared-record.js';
import { noContent } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireVersion } from '../../../http/if-match.js';
import { customerClassJson, customerClassParams } from './schema.js';

export const deleteCustomerClassOperation = defineOperation({
  id: 'deleteCustomerClass',
  method: 'delete',
  path: '/v1/customer-classes/{id}',
  area: 'customer-classes',
  summary: 'Delete a customer class that no client uses',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: customerClassParams, query: z.strictObject({ reason: reason.optional() }) },
  responses: { 204: { description: 'Deleted' } },
  problems: ['in_use'],
  async handler({ params, query, requester, ifMatch }) {
    await removeShared(requester, customerClassKind, params.id, query.reason ?? null, (row) =>
      requireVersion(ifMatch, row.version, customerClassJson(row)),
    );
    return noContent();
  },
});
