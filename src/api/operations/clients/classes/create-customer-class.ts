import { createShared } from '../../../../services/shared-record.js';
import { defineSharedCreation } from '../../resellers/shared-operations.js';
import { customerClassApi, customerClassBody, customerClassExample } from './schema.js';

export const createCustomerClassOperation = defineSharedCreation(customerClassApi, {
  id: 'createCustomerClass',
  body: customerClassBody,
  example: customerClassExample,
  create: (requester, fields, reason) => createShared(requester, customerClassApi.kind, fields, reason),
});
