import { defineSharedChange, patched } from '../../resellers/shared-operations.js';
import { taxProfileApi, taxProfilePatch } from './schema.js';

export const updateTaxProfileOperation = defineSharedChange(taxProfileApi, {
  id: 'updateTaxProfile',
  description:
    'Issued invoices keep the rate that they were issued with. `archived: true` withdraws it: clients keep it, no other ' +
    'client gets it.',
  body: taxProfilePatch,
  example: { ratePercent: '20' },
  change: patched(taxProfileApi),
});
