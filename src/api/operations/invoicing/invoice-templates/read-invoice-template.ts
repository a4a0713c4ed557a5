import { invoiceTemplateKind } from '../../../../services/invoicing/setup/invoice-templates.js';
import { existingShared } from '../../../../services/shared-record.js';
import type { InvoiceTemplateRow } from '../../../../storage/invoicing/invoice-templates.js';
import { findShared } from '../../../../storage/resellers/shared-records.js';
import type { Scope } from '../../../../storage/system/scope.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { invoiceTemplateJson, invoiceTemplateParams, invoiceTemplateSchema } from './schema.js';

export const readInvoiceTemplateOperation = defineOperation({
  id: 'readInvoiceTemplate',
  method: 'get',
  path: '/v1/invoice-templates/{id}',
  area: 'invoice-templates',
  summary: 'Get an invoice template',
  scope: 'profiles:read',
  request: { params: invoiceTemplateParams },
  responses: { 200: { description: 'The invoice template', schema: invoiceTemplateSchema } },
  async handler({ params, scope }) {
    const row = await requireTemplate(scope, params.id);
    return ok(invoiceTemplateJson(row), { version: row.version });
  },
});

/** @throws DomainError `not_found` */
export async function requireTemplate(scope: Scope, id: string, pointer?: string): Promise<InvoiceTemplateRow> {
  const found = await scope.read((q) => findShared(q, invoiceTemplateKind.stored, scope.resellerId, id));
  return existingShared(invoiceTemplateKind, found, id, pointer);
}
