import { renderInvoicePdf } from '../../../../documents/invoice-pdf.js';
import { sampleInvoice } from '../../../../documents/sample-invoice.js';
import { defaultInvoiceColumns } from '../../../../domain/invoicing/invoice-template.js';
import { readLogoContent, type InvoiceTemplateRow } from '../../../../storage/invoicing/invoice-templates.js';
import { findReseller } from '../../../../storage/resellers/resellers.js';
import type { Scope } from '../../../../storage/system/scope.js';
import { content } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { requireTemplate } from './read-invoice-template.js';
import { decodeLogo, invoiceTemplateExample, previewBody, requireSubject } from './schema.js';

export const previewInvoiceTemplateOperation = defineOperation({
  id: 'previewInvoiceTemplate',
  method: 'post',
  path: '/v1/invoice-templates/preview',
  area: 'invoice-templates',
  summary: 'Preview an invoice template',
  description: 'The PDF of a sample invoice. Saves nothing.',
  scope: 'profiles:read',
  request: { body: previewBody },
  example: invoiceTemplateExample,
  responses: { 200: { description: 'The PDF', contentType: 'application/pdf' } },
  problems: ['not_found'],
  async handler({ body, scope }) {
    requireSubject(body.subject);
    const { templateId } = body;
    const saved = templateId === undefined ? null : await requireTemplate(scope, templateId, '/templateId');
    const chosen = <T>(given: T | undefined, of: T | undefined, none: T): T =>
      given === undefined ? (of ?? none) : given;
    const seller = await scope.read((q) => findReseller(q, scope.resellerId, saved?.resellerId ?? scope.resellerId));
    const pdf = await renderInvoicePdf({
      ...sampleInvoice,
      language: chosen(body.language, saved?.language, 'en'),
      columns: chosen(body.columns, saved ? [...saved.columns] : undefined, [...defaultInvoiceColumns]),
      notes: chosen(body.notes, saved?.notes, null),
      seller: {
        name: seller?.name ?? '',
        email: seller?.email ?? null,
        details: chosen(body.sellerDetails, saved?.sellerDetails, null),
      },
      logo: await logoOf(scope, body.logo, saved),
    });
    return content('application/pdf', pdf, { headers: { 'Content-Disposition': 'inline; filename="preview.pdf"' } });
  },
});

async function logoOf(
  scope: Scope,
  given: string | null | undefined,
  saved: InvoiceTemplateRow | null,
): Promise<Buffer | null> {
  if (given !== undefined) return (await decodeLogo(given))?.content ?? null;
  const id = saved?.logoId ?? null;
  if (id === null) return null;
  return (await scope.read((q) => readLogoContent(q, id)))?.content ?? null;
}
