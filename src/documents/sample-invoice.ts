import { moneyOf } from '../domain/money.js';
import type { InvoiceDocument } from './invoice-document.js';

/** What the preview of a template shows. */
export const sampleInvoice: InvoiceDocument = {
  language: 'en',
  columns: ['description', 'amount'],
  logo: null,
  type: 'outgoing',
  no: 'INV-000042',
  isVoid: false,
  madeAt: new Date('2026-04-01T06:00:00Z'),
  issuedOn: '2026-04-01',
  periodFrom: '2026-03-01',
  periodTo: '2026-03-31',
  dueOn: '2026-04-15',
  timezone: 'Europe/Kyiv',
  creditOfNo: null,
  replacesNo: null,
  seller: { name: '', email: null, details: null },
  buyer: {
    name: 'Client A',
    address: '12 Sample Street, Kyiv',
    zip: '01001',
    taxId: 'UA1234567890',
    registrationId: null,
  },
  description: null,
  currency: 'USD',
  lines: [
    { kind: 'charges', description: null, entries: 12_345, amount: moneyOf('96.117500') },
    { kind: 'earlier', description: null, entries: 3, amount: moneyOf('1.25') },
    { kind: 'typed', description: 'Number porting', entries: 1, amount: moneyOf('5') },
    { kind: 'adjustments', description: 'Goodwill', entries: 1, amount: moneyOf('-2.367500') },
  ],
  net: moneyOf('100'),
  tax: moneyOf('19'),
  total: moneyOf('119'),
  taxTerms: { label: 'VAT', rate: '19', mode: 'exclusive', note: null },
  notes: null,
};
