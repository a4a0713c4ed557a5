import type { InvoiceColumn, InvoiceLanguage } from '../domain/invoicing/invoice-template.js';
import { formatMoneyFor, type Micros } from '../domain/money.js';

/** What invoices say in each language, and how they write dates and amounts: the same everywhere and at any time. */
interface InvoiceTexts {
  readonly invoice: string;
  readonly creditNote: string;
  readonly voided: string;
  readonly from: string;
  readonly to: string;
  readonly invoiceDate: string;
  readonly creditNoteDate: string;
  readonly period: string;
  readonly dueDate: string;
  readonly dueOnReceipt: string;
  readonly timeZone: string;
  readonly creditOf: string;
  readonly replaces: string;
  readonly taxId: string;
  readonly registrationId: string;
  readonly columns: Readonly<Record<InvoiceColumn, string>>;
  readonly lines: Readonly<Record<'charges' | 'earlier' | 'adjustments' | 'typed', string>>;
  readonly net: string;
  /** behind the label and the rate of a tax that is part of the amounts */
  readonly included: string;
  readonly total: string;
  readonly notes: string;
  page(page: number, pages: number): string;
  date(date: string): string;
  count(count: number): string;
  /** @param decimals at least so many, so that amounts under each other align */
  amount(amount: Micros, currency: string, decimals?: number): string;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface Separators {
  readonly group: string;
  readonly point: string;
}

function amountText(amount: Micros, currency: string, least: number, { group, point }: Separators): string {
  const [whole = '', written = ''] = formatMoneyFor(amount, currency).split('.');
  const decimals = written.padEnd(least, '0');
  return decimals === '' ? grouped(whole, group) : `${grouped(whole, group)}${point}${decimals}`;
}

function grouped(whole: string, group: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, group);
}

/** How many decimals amounts have that align: as many as the one with the most. */
export function decimalsOf(amounts: readonly Micros[], currency: string): number {
  return Math.max(0, ...amounts.map((amount) => formatMoneyFor(amount, currency).split('.')[1]?.length ?? 0));
}

const englishSeparators: Separators = { group: ',', point: '.' };
const ukrainianSeparators: Separators = { group: '\u00a0', point: ',' };

const english: InvoiceTexts = {
  invoice: 'Invoice',
  creditNote: 'Credit note',
  voided: 'VOID',
  from: 'From',
  to: 'Bill to',
  invoiceDate: 'Invoice date',
  creditNoteDate: 'Credit note date',
  period: 'Period',
  dueDate: 'Due date',
  dueOnReceipt: 'on receipt',
  timeZone: 'Time zone',
  creditOf: 'Lowers invoice',
  replaces: 'Replaces invoice',
  taxId: 'Tax ID',
  registrationId: 'Registration ID',
  columns: { position: 'No.', description: 'Description', period: 'Period', entries: 'Entries', amount: 'Amount' },
  lines: {
    charges: 'Charges of the period',
    earlier: 'Charges of earlier periods',
    adjustments: 'Adjustments',
    typed: 'Other charges',
  },
  net: 'Net',
  included: 'included',
  total: 'Total',
  notes: 'Notes',
  page: (page, pages) => `Page ${page} of ${pages}`,
  date(date) {
    const [year = '', month = '', day = ''] = date.split('-');
    return `${months[Number(month) - 1] ?? month} ${Number(day)}, ${year}`;
  },
  count: (count) => grouped(String(count), englishSeparators.group),
  amount: (amount, currency, decimals = 0) => amountText(amount, currency, decimals, englishSeparators),
};

const ukrainian: InvoiceTexts = {
  invoice: 'Рахунок',
  creditNote: 'Кредит-нота',
  voided: 'АНУЛЬОВАНО',
  from: 'Продавець',
  to: 'Покупець',
  invoiceDate: 'Дата рахунка',
  creditNoteDate: 'Дата кредит-ноти',
  period: 'Період',
  dueDate: 'Термін сплати',
  dueOnReceipt: 'після отримання',
  timeZone: 'Часовий пояс',
  creditOf: 'Зменшує рахунок',
  replaces: 'Замінює рахунок',
  taxId: 'Податковий номер',
  registrationId: 'Реєстраційний номер',
  columns: { position: '№', description: 'Опис', period: 'Період', entries: 'Записів', amount: 'Сума' },
  lines: {
    charges: 'Нарахування за період',
    earlier: 'Нарахування за попередні періоди',
    adjustments: 'Коригування',
    typed: 'Інші нарахування',
  },
  net: 'Без податку',
  included: 'у складі суми',
  total: 'Разом',
  notes: 'Примітки',
  page: (page, pages) => `Сторінка ${page} з ${pages}`,
  date: (date) => date.split('-').reverse().join('.'),
  count: (count) => grouped(String(count), ukrainianSeparators.group),
  amount: (amount, currency, decimals = 0) => amountText(amount, currency, decimals, ukrainianSeparators),
};

export const invoiceTexts: Readonly<Record<InvoiceLanguage, InvoiceTexts>> = { en: english, uk: ukrainian };
