import { findReseller } from '../../../storage/resellers/resellers.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { existing, resellerJson, resellerParams, resellerSchema } from './schema.js';

export const readResellerOperation = defineOperation({
  id: 'readReseller',
  method: 'get',
  path: '/v1/resellers/{id}',
  area: 'resellers',
  summary: 'Get a reseller or a manager',
  scope: 'resellers:read',
  request: { params: resellerParams },
  responses: { 200: { description: 'The reseller', schema: resellerSchema } },
  async handler({ params, caller, scope }) {
    const row = existing(await scope.read((q) => findReseller(q, caller.resellerId, params.id)), params.id);
    return ok(resellerJson(row), { version: row.version });
  },
});
