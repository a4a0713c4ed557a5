import { applyPatch } from '../../../../domain/patch.js';
import { taxProfileKind } from '../../../../services/invoicing/setup/tax-profiles.js';
import { changeShared } from '../../../../services/shared-record.js';
import type { TaxProfileRow } from '../../../../storage/invoicing/tax-profiles.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { requireVersion } from '../../../http/if-match.js';
import { taxProfileJson, taxProfileParams, taxProfilePatch, taxProfileSchema } from './schema.js';

export const updateTaxProfileOperation = defineOperation({
  id: 'updateTaxProfile',
  method: 'patch',
  path: '/v1/tax-profiles/{id}',
  area: 'tax-profiles',
  summary: 'Change a tax profile',
  description:
    'Issued invoices keep the rate that they were issued with. `archived: true` withdraws it: clients keep it, no other ' +
    'client gets it.',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: taxProfileParams, body: taxProfilePatch },
  example: { ratePercent: '20' },
  responses: { 200: { description: 'The tax profile', schema: taxProfileSchema } },
  problems: ['already_exists'],
  async handler({ params, body, requester, ifMatch }) {
    const { reason = null, ...patch } = body;
    const edit = { fieldsFor: (before: TaxProfileRow) => applyPatch(before, patch), reason };
    const row = await changeShared(requester, taxProfileKind, params.id, edit, (before) =>
      requireVersion(ifMatch, before.version, taxProfileJson(before)),
    );
    return ok(taxProfileJson(row), { version: row.version });
  },
});
