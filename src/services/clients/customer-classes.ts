import type { CustomerClassFields } from '../../domain/clients/customer-class.js';
import { customerClassTable, type CustomerClassRow } from '../../storage/clients/customer-classes.js';
import type { SharedKind } from '../shared-record.js';

export const customerClassKind: SharedKind<CustomerClassFields, CustomerClassRow> = {
  stored: customerClassTable,
  subjectType: 'customer_class',
  noun: 'customer class',
};
