import type { Operation } from '../../../contract/operation.js';
import { createInvoiceTemplateOperation } from './create-invoice-template.js';
import { deleteInvoiceTemplateOperation } from './delete-invoice-template.js';
import { listInvoiceTemplatesOperation } from './list-invoice-templates.js';
import { previewInvoiceTemplateOperation } from './preview-invoice-template.js';
import { readInvoiceLogoOperation } from './read-invoice-logo.js';
import { readInvoiceTemplateOperation } from './read-invoice-template.js';
import { updateInvoiceTemplateOperation } from './update-invoice-template.js';

export const invoiceTemplateOperations: readonly Operation[] = [
  listInvoiceTemplatesOperation,
  createInvoiceTemplateOperation,
  previewInvoiceTemplateOperation,
  readInvoiceTemplateOperation,
  updateInvoiceTemplateOperation,
  deleteInvoiceTemplateOperation,
  readInvoiceLogoOperation,
];
