import { changedTerms, settledTerms, type PaymentTermsFields } from '../../../domain/invoicing/payment-terms.js';
import type { Patch } from '../../../domain/patch.js';
import { paymentTermsTable, type PaymentTermsRow } from '../../../storage/invoicing/payment-terms.js';
import type { Precondition, Requester } from '../../change.js';
import { changeShared, createShared, type SharedKind } from '../../shared-record.js';

export const paymentTermsKind: SharedKind<PaymentTermsFields, PaymentTermsRow> = {
  stored: paymentTermsTable,
  subjectType: 'payment_terms',
  noun: 'set of payment terms',
};

/** @throws DomainError `invalid` for a number that does not fit the mode, and as `createShared` */
export async function createPaymentTerms(
  requester: Requester,
  fields: PaymentTermsFields,
  reason: string | null,
): Promise<PaymentTermsRow> {
  return createShared(requester, paymentTermsKind, settledTerms(fields), reason);
}

/** Invoices that were issued keep their due dates. @throws DomainError `invalid`, and as `changeShared` */
export function updatePaymentTerms(
  requester: Requester,
  id: string,
  { patch, reason }: { readonly patch: Patch<PaymentTermsFields>; readonly reason: string | null },
  precondition: Precondition<PaymentTermsRow>,
): Promise<PaymentTermsRow> {
  const fieldsFor = (before: PaymentTermsRow): PaymentTermsFields => changedTerms(before, patch);
  return changeShared(requester, paymentTermsKind, id, { fieldsFor, reason }, precondition);
}
