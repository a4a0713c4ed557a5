import { updateInvoiceTemplate } from '../../../../services/invoicing/setup/invoice-templates.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { requireVersion } from '../../../http/if-match.js';
import {
  decodeLogo,
  invoiceTemplateJson,
  invoiceTemplateParams,
  invoiceTemplatePatch,
  invoiceTemplateSchema,
  requireSubject,
} from './schema.js';

export const updateInvoiceTemplateOperation = defineOperation({
  id: 'updateInvoiceTemplate',
  method: 'patch',
  path: '/v1/invoice-templates/{id}',
  area: 'invoice-templates',
  summary: 'Change an invoice template',
  description: 'For invoices that are issued from now on: what is issued keeps what it shows.',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: invoiceTemplateParams, body: invoiceTemplatePatch },
  example: { notes: 'Please name the invoice number in your transfer.' },
  responses: { 200: { description: 'The invoice template', schema: invoiceTemplateSchema } },
  problems: ['already_exists'],
  async handler({ params, body, requester, ifMatch }) {
    const { reason = null, logo, ...patch } = body;
    requireSubject(patch.subject);
    const image = logo === undefined ? undefined : await decodeLogo(logo);
    const row = await updateInvoiceTemplate(requester, params.id, { patch, logo: image, reason }, (before) =>
      requireVersion(ifMatch, before.version, invoiceTemplateJson(before)),
    );
    return ok(invoiceTemplateJson(row), { version: row.version });
  },
});
