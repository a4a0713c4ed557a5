import { defineSharedChange, patched } from '../../resellers/shared-operations.js';
import { rateTableApi, rateTablePatch } from './schema.js';

export const updateRateTableOperation = defineSharedChange(rateTableApi, {
  id: 'updateRateTable',
  description: 'Its currency stays.',
  body: rateTablePatch,
  example: { notes: 'From 1 March' },
  change: patched(rateTableApi),
});
