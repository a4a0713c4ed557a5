import { createShared } from '../../../../services/shared-record.js';
import { defineSharedCreation } from '../../resellers/shared-operations.js';
import { rateTableApi, rateTableBody, rateTableExample } from './schema.js';

export const createRateTableOperation = defineSharedCreation(rateTableApi, {
  id: 'createRateTable',
  body: rateTableBody,
  example: rateTableExample,
  create: (requester, fields, reason) => createShared(requester, rateTableApi.kind, fields, reason),
});
