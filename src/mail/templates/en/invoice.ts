import type { InvoiceEmailKind } from '../../../domain/notifications/mail-kinds.js';
import * as e from '../expressions.js';
import type { Fact, MailCopy } from '../layout.js';
import { ask, automatic, nextTitle } from './phrases.js';

const facts: readonly Fact[] = [
  { label: 'Invoice date', value: '{{ invoice.c_dt }}' },
  { label: 'Period', value: '{{ invoice.period_start }} to {{ invoice.period_finish }} ({{ invoice.tz }})' },
  { label: 'Total', value: e.invoiceTotal },
  { label: 'Still to pay', value: e.invoiceOutstanding, when: e.isInvoiceOpen },
  { label: 'Due date', value: '{{ invoice.due_date }}', when: e.isInvoiceOpen },
  { label: 'Description', value: '{{ invoice.descr }}', when: 'invoice.descr' },
];
const title = e.either(e.isCreditNote, 'Credit note {{ invoice.no }}', 'Invoice {{ invoice.no }}');
const paid = 'Already paid? No action is needed. The invoice is settled when the payment is recorded.';

const common = {
  sender: e.senderOfClientMail,
  unit: '{{ client.currency }}',
  facts,
  nextTitle,
  footer: [automatic],
} as const;

/** The emails about an invoice, each with its PDF. */
export const invoiceMails: Readonly<Record<InvoiceEmailKind, MailCopy>> = {
  invoice: {
    ...common,
    tone: 'calm',
    subject: `${title}: ${e.invoiceTotal}`,
    preview: e.either(e.isInvoiceOpen, 'Due {{ invoice.due_date }}. The PDF is attached.', 'The PDF is attached.'),
    eyebrow: title,
    headline: '{{ invoice.amount | money }}',
    lead: e.either(
      e.isCreditNote,
      'This credit note lowers what you owe. The PDF is attached.',
      e.either(
        e.isInvoiceOpen,
        `Please pay ${e.invoiceOutstanding} by {{ invoice.due_date }}. The PDF is attached.`,
        'No payment is needed. The PDF is attached.',
      ),
    ),
    next: [
      { when: e.isInvoiceOpen, text: 'Pay by {{ invoice.due_date }} and name the invoice {{ invoice.no }}.' },
      { when: e.isInvoiceSettled, text: 'Keep the attached PDF for your records.' },
      ask,
    ],
  },
  invoice_reminder: {
    ...common,
    tone: 'warning',
    subject: `Invoice {{ invoice.no }} is due {{ invoice.due_date }}: ${e.invoiceOutstanding}`,
    preview: `${e.invoiceOutstanding} is due {{ invoice.due_date }}.`,
    eyebrow: 'To pay for invoice {{ invoice.no }}',
    headline: '{{ invoice.outstanding | money }}',
    lead: 'Your invoice {{ invoice.no }} is due {{ invoice.due_date }}. The PDF is attached.',
    next: [{ text: 'Pay by {{ invoice.due_date }} and name the invoice {{ invoice.no }}.' }, { text: paid }, ask],
  },
  invoice_overdue: {
    ...common,
    tone: 'bad',
    subject: `Invoice {{ invoice.no }} is overdue: ${e.invoiceOutstanding}`,
    preview: `${e.invoiceOutstanding} was due {{ invoice.due_date }}.`,
    eyebrow: 'Overdue for invoice {{ invoice.no }}',
    headline: '{{ invoice.outstanding | money }}',
    lead: 'Your invoice {{ invoice.no }} was due {{ invoice.due_date }}. The PDF is attached.',
    next: [{ text: 'Pay now and name the invoice {{ invoice.no }}.' }, { text: paid }, ask],
  },
};
