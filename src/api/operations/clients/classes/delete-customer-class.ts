import { defineSharedDeletion } from '../../resellers/shared-operations.js';
import { customerClassApi } from './schema.js';

export const deleteCustomerClassOperation = defineSharedDeletion(customerClassApi, 'deleteCustomerClass');
