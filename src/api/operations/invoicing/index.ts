import type { Operation } from '../../contract/operation.js';
import { createCreditNoteOperation } from './create-credit-note.js';
import { createInvoiceOperation } from './create-invoice.js';
import { createRefundOperation } from './create-refund.js';
import { createReversalOperation } from './create-reversal.js';
import { deleteInvoiceOperation } from './delete-invoice.js';
import { issueInvoiceOperation } from './issue-invoice.js';
import { previewLastInvoicedOperation, setLastInvoicedOperation } from './last-invoiced.js';
import { listAllocationsOperation } from './list-allocations.js';
import { listInvoicesOperation } from './list-invoices.js';
import { readInvoiceNumbersOperation, setInvoiceNumbersOperation } from './number-formats.js';
import { listUpcomingInvoicesOperation } from './list-upcoming-invoices.js';
import { readInvoiceOperation } from './read-invoice.js';
import { readInvoicePdfOperation } from './read-invoice-pdf.js';
import { readUninvoicedOperation } from './read-uninvoiced.js';
import { updateInvoiceOperation } from './update-invoice.js';
import { voidInvoiceOperation } from './void-invoice.js';

export const invoicingOperations: readonly Operation[] = [
  listInvoicesOperation,
  createInvoiceOperation,
  readInvoiceOperation,
  readInvoicePdfOperation,
  updateInvoiceOperation,
  deleteInvoiceOperation,
  issueInvoiceOperation,
  voidInvoiceOperation,
  createCreditNoteOperation,
  createRefundOperation,
  createReversalOperation,
  listAllocationsOperation,
  previewLastInvoicedOperation,
  setLastInvoicedOperation,
  readInvoiceNumbersOperation,
  setInvoiceNumbersOperation,
  listUpcomingInvoicesOperation,
  readUninvoicedOperation,
];
