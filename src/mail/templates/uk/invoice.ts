import type { InvoiceEmailKind } from '../../../domain/notifications/mail-kinds.js';
import * as e from '../expressions.js';
import type { Fact, MailCopy } from '../layout.js';
import { ask, automatic, nextTitle } from './phrases.js';

const facts: readonly Fact[] = [
  { label: 'Дата рахунка', value: '{{ invoice.c_dt }}' },
  { label: 'Період', value: '{{ invoice.period_start }} – {{ invoice.period_finish }} ({{ invoice.tz }})' },
  { label: 'Разом', value: e.invoiceTotal },
  { label: 'Залишилося сплатити', value: e.invoiceOutstanding, when: e.isInvoiceOpen },
  { label: 'Термін сплати', value: '{{ invoice.due_date }}', when: e.isInvoiceOpen },
  { label: 'Опис', value: '{{ invoice.descr }}', when: 'invoice.descr' },
];
const title = e.either(e.isCreditNote, 'Кредит-нота {{ invoice.no }}', 'Рахунок {{ invoice.no }}');
const paid = 'Уже заплатили? Робити нічого не потрібно. Рахунок буде закрито, щойно платіж буде записано.';

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
    preview: e.either(
      e.isInvoiceOpen,
      'Термін сплати {{ invoice.due_date }}. PDF додано до листа.',
      'PDF додано до листа.',
    ),
    eyebrow: title,
    headline: '{{ invoice.amount | money }}',
    lead: e.either(
      e.isCreditNote,
      'Ця кредит-нота зменшує суму до сплати. PDF додано до листа.',
      e.either(
        e.isInvoiceOpen,
        `Сплатіть ${e.invoiceOutstanding} до {{ invoice.due_date }}. PDF додано до листа.`,
        'Платити не потрібно. PDF додано до листа.',
      ),
    ),
    next: [
      { when: e.isInvoiceOpen, text: 'Сплатіть до {{ invoice.due_date }} і вкажіть номер рахунка {{ invoice.no }}.' },
      { when: e.isInvoiceSettled, text: 'Збережіть доданий PDF.' },
      ask,
    ],
  },
  invoice_reminder: {
    ...common,
    tone: 'warning',
    subject: `Рахунок {{ invoice.no }} потрібно сплатити до {{ invoice.due_date }}: ${e.invoiceOutstanding}`,
    preview: `${e.invoiceOutstanding}, термін сплати {{ invoice.due_date }}.`,
    eyebrow: 'До сплати за рахунком {{ invoice.no }}',
    headline: '{{ invoice.outstanding | money }}',
    lead: 'Термін сплати рахунка {{ invoice.no }} — {{ invoice.due_date }}. PDF додано до листа.',
    next: [
      { text: 'Сплатіть до {{ invoice.due_date }} і вкажіть номер рахунка {{ invoice.no }}.' },
      { text: paid },
      ask,
    ],
  },
  invoice_overdue: {
    ...common,
    tone: 'bad',
    subject: `Рахунок {{ invoice.no }} прострочено: ${e.invoiceOutstanding}`,
    preview: `${e.invoiceOutstanding}, термін сплати був {{ invoice.due_date }}.`,
    eyebrow: 'Прострочено за рахунком {{ invoice.no }}',
    headline: '{{ invoice.outstanding | money }}',
    lead: 'Термін сплати рахунка {{ invoice.no }} минув {{ invoice.due_date }}. PDF додано до листа.',
    next: [{ text: 'Сплатіть зараз і вкажіть номер рахунка {{ invoice.no }}.' }, { text: paid }, ask],
  },
};
