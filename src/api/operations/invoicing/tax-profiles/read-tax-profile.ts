import { defineSharedRead } from '../../resellers/shared-operations.js';
import { taxProfileApi } from './schema.js';

export const readTaxProfileOperation = defineSharedRead(taxProfileApi, 'readTaxProfile');
