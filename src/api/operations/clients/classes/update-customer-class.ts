import { applyPatch } from '../../../../domain/patch.js';
import { customerClassKind } from '../../../../services/clients/customer-classes.js';
import { changeShared } from '../../../../services/shared-record.js';
import type { CustomerClassRow } from '../../../../storage/clients/customer-classes.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { requireVersion } from '../../../http/if-match.js';
import { customerClassJson, customerClassParams, customerClassPatch, customerClassSchema } from './schema.js';

export const updateCustomerClassOperation = defineOperation({
  id: 'updateCustomerClass',
  method: 'patch',
  path: '/v1/customer-classes/{id}',
  area: 'customer-classes',
  summary: 'Change a customer class',
  description: 'Applies at once to all clients of the class that do not say it for themselves.',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: customerClassParams, body: customerClassPatch },
  example: { transfersAllowed: true },
  responses: { 200: { description: 'The customer class', schema: customerClassSchema } },
  problems: ['already_exists'],
  async handler({ params, body, requester, ifMatch }) {
    const { reason = null, ...patch } = body;
    const edit = { fieldsFor: (before: CustomerClassRow) => applyPatch(before, patch), reason };
    const row = await changeShared(requester, customerClassKind, params.id, edit, (before) =>
      requireVersion(ifMatch, before.version, customerClassJson(before)),
    );
    return ok(customerClassJson(row), { version: row.version });
  },
});
