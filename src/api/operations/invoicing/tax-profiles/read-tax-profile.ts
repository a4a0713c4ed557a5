import { taxProfileKind } from '../../../../services/invoicing/setup/tax-profiles.js';
import { existingShared } from '../../../../services/shared-record.js';
import { findShared } from '../../../../storage/resellers/shared-records.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { taxProfileJson, taxProfileParams, taxProfileSchema } from './schema.js';

export const readTaxProfileOperation = defineOperation({
  id: 'readTaxProfile',
  method: 'get',
  path: '/v1/tax-profiles/{id}',
  area: 'tax-profiles',
  summary: 'Get a tax profile',
  scope: 'profiles:read',
  request: { params: taxProfileParams },
  responses: { 200: { description: 'The tax profile', schema: taxProfileSchema } },
  async handler({ params, caller, scope }) {
    const found = await scope.read((q) => findShared(q, taxProfileKind.stored, caller.resellerId, params.id));
    const row = existingShared(taxProfileKind, found, params.id);
    return ok(taxProfileJson(row), { version: row.version });
  },
});
