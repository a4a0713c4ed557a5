import { createInvoiceTemplate } from '../../../../services/invoicing/setup/invoice-templates.js';
import { created } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import {
  decodeLogo,
  invoiceTemplateBody,
  invoiceTemplateExample,
  invoiceTemplateJson,
  invoiceTemplateSchema,
  requireSubject,
} from './schema.js';

export const createInvoiceTemplateOperation = defineOperation({
  id: 'createInvoiceTemplate',
  method: 'post',
  path: '/v1/invoice-templates',
  area: 'invoice-templates',
  summary: 'Create an invoice template',
  description: 'What the PDF of invoices and its email look like, for clients of the reseller and its sub-resellers.',
  scope: 'profiles:write',
  request: { body: invoiceTemplateBody },
  example: invoiceTemplateExample,
  responses: { 201: { description: 'The invoice template', schema: invoiceTemplateSchema } },
  problems: ['not_found', 'conflict', 'already_exists'],
  async handler({ body, requester }) {
    const { reason = null, resellerId = requester.scope.resellerId, logo, ...fields } = body;
    requireSubject(fields.subject);
    const image = await decodeLogo(logo);
    const row = await createInvoiceTemplate(requester, { ...fields, resellerId }, image, reason);
    return created(`/v1/invoice-templates/${row.id}`, invoiceTemplateJson(row), { version: row.version });
  },
});
