import type { PaymentTermsFields } from '../../domain/invoicing/payment-terms.js';
import type { SharedRow, SharedTable } from '../resellers/shared-records.js';

export interface PaymentTermsRow extends PaymentTermsFields, SharedRow {
  /** how lists and forms name them: `7/7`, `on 1/14` */
  readonly label: string;
}

export const paymentTermsTable: SharedTable<PaymentTermsFields, PaymentTermsRow> = {
  table: 'payment_terms',
  usedBy: 'payment_terms_id',
  inTemplates: ['payment_terms_id'],
  columns: {
    mode: 'mode',
    days: 'days',
    day: 'day',
    graceDays: 'grace_days',
    remindBefore: 'remind_before',
    remindAfter: 'remind_after',
  },
  read: (q) => ({ label: q`s.label` }),
};
