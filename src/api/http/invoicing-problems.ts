/** What can be wrong with a request about invoices: a part of `problemSpecs`. */
export const invoicingProblems = {
  invoice_state: {
    status: 409,
    title: 'Invoice in another state',
    remedy: 'Read the invoice again. A draft is issued or deleted, an issued invoice is voided or credited.',
  },
  invoice_empty: {
    status: 409,
    title: 'Nothing to invoice',
    remedy: 'Add a line, or set a later end of the period.',
  },
  invoice_changed: {
    status: 409,
    title: 'Amount has changed',
    remedy: 'Read the draft or the preview again, and send the new amount.',
  },
  invoice_has_credit_notes: {
    status: 409,
    title: 'Invoice has credit notes',
    remedy: 'Issue another credit note for the rest. An invoice with credit notes can’t be voided.',
  },
  invoice_not_latest: {
    status: 409,
    title: 'Not the latest invoice',
    remedy: 'Void it with `lines` set to `draft`, which replaces it by a draft with the same lines.',
  },
  credit_note_exceeds_invoice: {
    status: 422,
    title: 'Above the invoice',
    remedy: 'Send up to the total of the invoice without its earlier credit notes.',
  },
  refund_exceeds_unallocated: {
    status: 422,
    title: 'Above the unallocated amount',
    remedy: 'Send up to `refundable` of the client’s balances. Void or credit an invoice to release what it has used.',
  },
  reversal_exceeds_payment: {
    status: 422,
    title: 'Above the payment',
    remedy: 'Send up to what is left of the payment after its reversals.',
  },
  last_invoiced_before_invoice: {
    status: 409,
    title: 'Before the latest invoice',
    remedy: 'Choose a day after the end of the latest invoice, or void it first.',
  },
} as const;
