import { createRateTable } from '../../../../services/rates/tables/rate-tables.js';
import { defineSharedCreation } from '../../resellers/shared-operations.js';
import { rateTableApi, rateTableBody, rateTableExample } from './schema.js';

export const createRateTableOperation = defineSharedCreation(rateTableApi, {
  id: 'createRateTable',
  body: rateTableBody,
  example: rateTableExample,
  create: createRateTable,
});
