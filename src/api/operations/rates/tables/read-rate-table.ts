import { defineSharedRead } from '../../resellers/shared-operations.js';
import { rateTableApi } from './schema.js';

export const readRateTableOperation = defineSharedRead(rateTableApi, 'readRateTable');
