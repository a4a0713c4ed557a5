import { taxProfileKind } from '../../../../services/invoicing/setup/tax-profiles.js';
import { createShared } from '../../../../services/shared-record.js';
import { created } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { taxProfileBody, taxProfileExample, taxProfileJson, taxProfileSchema } from './schema.js';

export const createTaxProfileOperation = defineOperation({
  id: 'createTaxProfile',
  method: 'post',
  path: '/v1/tax-profiles',
  area: 'tax-profiles',
  summary: 'Create a tax profile',
  scope: 'profiles:write',
  request: { body: taxProfileBody },
  example: taxProfileExample,
  responses: { 201: { description: 'The tax profile', schema: taxProfileSchema } },
  problems: ['not_found', 'conflict', 'already_exists'],
  async handler({ body, requester }) {
    const { reason = null, resellerId = requester.scope.resellerId, ...given } = body;
    const fields = { ...given, resellerId, archived: false };
    const row = await createShared(requester, taxProfileKind, fields, reason);
    return created(`/v1/tax-profiles/${row.id}`, taxProfileJson(row), { version: row.version });
  },
});
