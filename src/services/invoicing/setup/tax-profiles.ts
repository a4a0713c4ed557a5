import type { TaxProfileFields } from '../../../domain/invoicing/tax-profile.js';
import { taxProfileTable, type TaxProfileRow } from '../../../storage/invoicing/tax-profiles.js';
import type { SharedKind } from '../../shared-record.js';

export const taxProfileKind: SharedKind<TaxProfileFields, TaxProfileRow> = {
  stored: taxProfileTable,
  subjectType: 'tax_profile',
  noun: 'tax profile',
};
