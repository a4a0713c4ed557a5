import { customerClassKind } from '../../../../services/clients/customer-classes.js';
import { createShared } from '../../../../services/shared-record.js';
import { created } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { customerClassBody, customerClassExample, customerClassJson, customerClassSchema } from './schema.js';

export const createCustomerClassOperation = defineOperation({
  id: 'createCustomerClass',
  method: 'post',
  path: '/v1/customer-classes',
  area: 'customer-classes',
  summary: 'Create a customer class',
  scope: 'profiles:write',
  request: { body: customerClassBody },
  example: customerClassExample,
  responses: { 201: { description: 'The customer class', schema: customerClassSchema } },
  problems: ['not_found', 'conflict', 'already_exists'],
  async handler({ body, requester }) {
    const { reason = null, resellerId = requester.scope.resellerId, ...given } = body;
    const fields = { ...given, resellerId };
    const row = await createShared(requester, customerClassKind, fields, reason);
    return created(`/v1/customer-classes/${row.id}`, customerClassJson(row), { version: row.version });
  },
});
