import { defineSharedDeletion } from '../../resellers/shared-operations.js';
import { rateTableApi } from './schema.js';

export const deleteRateTableOperation = defineSharedDeletion(rateTableApi, 'deleteRateTable');
