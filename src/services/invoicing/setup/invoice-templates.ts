import type { InvoiceTemplateFields } from '../../../domain/invoicing/invoice-template.js';
import { applyPatch, type Patch } from '../../../domain/patch.js';
import {
  insertLogo,
  invoiceTemplateTable,
  type InvoiceTemplateRow,
  type Logo,
} from '../../../storage/invoicing/invoice-templates.js';
import type { Precondition, Requester } from '../../change.js';
import { changeShared, createShared, type SharedKind } from '../../shared-record.js';

export const invoiceTemplateKind: SharedKind<InvoiceTemplateFields, InvoiceTemplateRow> = {
  stored: invoiceTemplateTable,
  subjectType: 'invoice_template',
  noun: 'invoice template',
};

type Given = Omit<InvoiceTemplateFields, 'logoId'>;

/** @throws DomainError as `createShared` */
export function createInvoiceTemplate(
  requester: Requester,
  fields: Given,
  logo: Logo | null,
  reason: string | null,
): Promise<InvoiceTemplateRow> {
  return createShared(requester, invoiceTemplateKind, { ...fields, logoId: null }, reason, async (tx) => ({
    logoId: logo && (await insertLogo(tx, fields.resellerId, logo)),
  }));
}

/**
 * Issued invoices keep what they show.
 *
 * @param edit.logo undefined: it stays; null: none
 * @throws DomainError as `changeShared`
 */
export function updateInvoiceTemplate(
  requester: Requester,
  id: string,
  edit: { readonly patch: Patch<Given>; readonly logo: Logo | null | undefined; readonly reason: string | null },
  precondition: Precondition<InvoiceTemplateRow>,
): Promise<InvoiceTemplateRow> {
  const { patch, logo, reason } = edit;
  return changeShared(
    requester,
    invoiceTemplateKind,
    id,
    {
      fieldsFor: async (before, tx) => ({
        ...applyPatch<InvoiceTemplateFields>(before, patch),
        ...(logo !== undefined && { logoId: logo && (await insertLogo(tx, before.resellerId, logo)) }),
      }),
      reason,
    },
    precondition,
  );
}
