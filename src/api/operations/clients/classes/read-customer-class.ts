import { customerClassKind } from '../../../../services/clients/customer-classes.js';
import { existingShared } from '../../../../services/shared-record.js';
import { findShared } from '../../../../storage/resellers/shared-records.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { customerClassJson, customerClassParams, customerClassSchema } from './schema.js';

export const readCustomerClassOperation = defineOperation({
  id: 'readCustomerClass',
  method: 'get',
  path: '/v1/customer-classes/{id}',
  area: 'customer-classes',
  summary: 'Get a customer class',
  scope: 'profiles:read',
  request: { params: customerClassParams },
  responses: { 200: { description: 'The customer class', schema: customerClassSchema } },
  async handler({ params, caller, scope }) {
    const found = await scope.read((q) => findShared(q, customerClassKind.stored, caller.resellerId, params.id));
    const row = existingShared(customerClassKind, found, params.id);
    return ok(customerClassJson(row), { version: row.version });
  },
});
