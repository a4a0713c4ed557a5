import { updateRateTable } from '../../../../services/rates/tables/rate-tables.js';
import { defineSharedChange } from '../../resellers/shared-operations.js';
import { rateTableApi, rateTablePatch } from './schema.js';

export const updateRateTableOperation = defineSharedChange(rateTableApi, {
  id: 'updateRateTable',
  description: 'Its currency stays. Another agreement holds from the next change of its rates on.',
  body: rateTablePatch,
  example: { notes: 'From 1 March' },
  change: updateRateTable,
});
