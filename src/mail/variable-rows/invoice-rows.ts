import type { Row } from './variable-row.js';

export const invoicedClientRows: readonly Row[] = [
  ['client.id', 'number', 'Number of the client', '17'],
  ['client.name', 'text', 'Name of the client', 'Customer A'],
  ['client.currency', 'text', "The client's currency", 'USD'],
];

/** Templates of the systems that Lowwater replaces name these, except `outstanding`. */
export const invoiceRows: readonly Row[] = [
  ['invoice.no', 'text', 'Invoice number', 'INV-000042'],
  ['invoice.type', 'text', 'outgoing or credit_note', 'outgoing'],
  ['invoice.c_dt', 'text', 'Invoice date', '2026-04-01'],
  ['invoice.amount', 'money', 'Total with tax', '119.00'],
  ['invoice.period_start', 'text', 'First day of the period', '2026-03-01'],
  ['invoice.period_finish', 'text', 'Last day of the period', '2026-03-31'],
  ['invoice.due_date', 'text', 'Due date; empty for a credit note', '2026-04-15'],
  ['invoice.descr', 'text', 'Description', 'March and porting'],
  ['invoice.tz', 'text', 'Time zone of the dates', 'Europe/Kyiv'],
  ['invoice.state', 'text', 'unpaid, partly_paid, paid, not_payable, overdue, or void', 'unpaid'],
  ['invoice.name', 'text', 'Name of the invoiced client', 'Customer A'],
  ['invoice.outstanding', 'money', 'What is still to be paid', '119.00'],
];

export const reminderRows: readonly Row[] = [['invoice.days', 'number', 'Days until the due date, or since then', '3']];
