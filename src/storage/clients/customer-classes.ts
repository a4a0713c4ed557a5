import type { CustomerClassFields } from '../../domain/clients/customer-class.js';
import type { SharedRow, SharedTable } from '../resellers/shared-records.js';

export interface CustomerClassRow extends CustomerClassFields, SharedRow {}

export const customerClassTable: SharedTable<CustomerClassFields, CustomerClassRow> = {
  table: 'customer_classes',
  usedBy: 'customer_class_id',
  columns: { transfersAllowed: 'transfers_allowed' },
};
