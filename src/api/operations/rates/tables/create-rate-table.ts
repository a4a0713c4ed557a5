import { rateTableKind } from '../../../../services/rates/tables/rate-tables.js';
import { createShared } from '../../../../services/shared-record.js';
import { created } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { rateTableBody, rateTableExample, rateTableJson, rateTableSchema } from './schema.js';

export const createRateTableOperation = defineOperation({
  id: 'createRateTable',
  method: 'post',
  path: '/v1/rate-tables',
  area: 'rate-tables',
  summary: 'Create a rate table',
  scope: 'profiles:write',
  request: { body: rateTableBody },
  example: rateTableExample,
  responses: { 201: { description: 'The rate table', schema: rateTableSchema } },
  problems: ['not_found', 'conflict', 'already_exists'],
  async handler({ body, requester }) {
    const { reason = null, resellerId = requester.scope.resellerId, ...given } = body;
    const row = await createShared(requester, rateTableKind, { ...given, resellerId }, reason);
    return created(`/v1/rate-tables/${row.id}`, rateTableJson(row), { version: row.version });
  },
});
