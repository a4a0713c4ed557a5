import { createReseller } from '../../../storage/resellers/resellers.js';
import { inTransaction } from '../../../storage/system/transaction.js';
import { created } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { resellerBody, resellerJson, resellerSchema } from './schema.js';

export const createResellerOperation = defineOperation({
  id: 'createReseller',
  method: 'post',
  path: '/v1/resellers',
  area: 'resellers',
  summary: 'Add a reseller, or a manager of one',
  scope: 'resellers:write',
  request: { body: resellerBody },
  example: { name: 'Sub-Reseller B', email: 'owner@b.example' },
  responses: { 201: { description: 'The reseller', schema: resellerSchema } },
  problems: ['not_found', 'conflict'],
  async handler({ body, caller, context }) {
    const { name, email, locale, timezone, kind } = body;
    const input = { name, email, locale, timezone, kind, parentId: body.parentId ?? caller.resellerId };
    const change = { actor: caller.actor, reason: body.reason ?? null };
    const row = await inTransaction(context.sql, (tx) => createReseller(tx, caller.resellerId, input, change));
    return created(`/v1/resellers/${row.id}`, resellerJson(row), { version: row.version });
  },
});
