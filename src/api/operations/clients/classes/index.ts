import type { Operation } from '../../../contract/operation.js';
import { createCustomerClassOperation } from './create-customer-class.js';
import { deleteCustomerClassOperation } from './delete-customer-class.js';
import { listCustomerClassesOperation } from './list-customer-classes.js';
import { readCustomerClassOperation } from './read-customer-class.js';
import { updateCustomerClassOperation } from './update-customer-class.js';

export const customerClassOperations: readonly Operation[] = [
  listCustomerClassesOperation,
  createCustomerClassOperation,
  readCustomerClassOperation,
  updateCustomerClassOperation,
  deleteCustomerClassOperation,
];
