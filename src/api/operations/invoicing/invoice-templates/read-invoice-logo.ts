import { DomainError } from '../../../../domain/errors.js';
import { readLogoContent } from '../../../../storage/invoicing/invoice-templates.js';
import { content } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { requireTemplate } from './read-invoice-template.js';
import { invoiceTemplateParams } from './schema.js';

export const readInvoiceLogoOperation = defineOperation({
  id: 'readInvoiceLogo',
  method: 'get',
  path: '/v1/invoice-templates/{id}/logo',
  area: 'invoice-templates',
  summary: 'Get the logo of an invoice template',
  scope: 'profiles:read',
  request: { params: invoiceTemplateParams },
  responses: { 200: { description: 'A PNG or JPEG', contentType: 'image/*' } },
  async handler({ params, scope }) {
    const { logoId } = await requireTemplate(scope, params.id);
    const logo = logoId === null ? null : await scope.read((q) => readLogoContent(q, logoId));
    if (!logo) throw new DomainError('not_found', 'the invoice template has no logo', '/path/id');
    return content(logo.mediaType, logo.content);
  },
});
