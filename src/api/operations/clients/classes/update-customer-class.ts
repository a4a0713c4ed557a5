import { defineSharedChange, patched } from '../../resellers/shared-operations.js';
import { customerClassApi, customerClassPatch } from './schema.js';

export const updateCustomerClassOperation = defineSharedChange(customerClassApi, {
  id: 'updateCustomerClass',
  description: 'Applies at once to all clients of the class that do not say it for themselves.',
  body: customerClassPatch,
  example: { transfersAllowed: true },
  change: patched(customerClassApi),
});
