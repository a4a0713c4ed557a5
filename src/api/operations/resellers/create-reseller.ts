import { createReseller } from '../../../services/resellers/create-reseller.js';
import { created } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { resellerBody, resellerJson, resellerSchema } from './schema.js';

export const createResellerOperation = defineOperation({
  id: 'createReseller',
  method: 'post',
  path: '/v1/resellers',
  area: 'resellers',
  summary: 'Create a reseller or a manager',
  scope: 'resellers:write',
  request: { body: resellerBody },
  example: { name: 'Sub-Reseller B', email: 'owner@b.example' },
  responses: { 201: { description: 'The reseller', schema: resellerSchema } },
  problems: ['not_found', 'conflict', 'already_exists', 'manager_not_permitted', 'reseller_too_deep'],
  async handler({ body, requester }) {
    const { reason = null, parentId = requester.scope.resellerId, ...fields } = body;
    const row = await createReseller(requester, { ...fields, parentId }, reason);
    return created(`/v1/resellers/${row.id}`, resellerJson(row), { version: row.version });
  },
});
