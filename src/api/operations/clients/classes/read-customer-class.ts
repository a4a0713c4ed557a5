import { defineSharedRead } from '../../resellers/shared-operations.js';
import { customerClassApi } from './schema.js';

export const readCustomerClassOperation = defineSharedRead(customerClassApi, 'readCustomerClass');
