import type { InvoiceDocument } from '../../../src/documents/invoice-document.js';
import { moneyOf } from '../../../src/domain/money.js';

export function sampleDocument(more: Partial<InvoiceDocument> = {}): InvoiceDocument {
  return {
    language: 'en',
    columns: ['position', 'description', 'amount'],
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
    seller: { name: 'Lowwater Telecom', email: 'billing@company.example', details: 'Main Street 1\nKyiv' },
    buyer: { name: 'Acme', address: 'Side Street 2', zip: '01001', taxId: 'UA123', registrationId: null },
    description: null,
    currency: 'USD',
    lines: [
      { kind: 'charges', description: null, entries: 1234, amount: moneyOf('1234567.123456') },
      { kind: 'typed', description: 'Porting', entries: 1, amount: moneyOf('5') },
    ],
    net: moneyOf('1234572.12'),
    tax: moneyOf('234568.70'),
    total: moneyOf('1469140.82'),
    taxTerms: { label: 'VAT', rate: '19', mode: 'exclusive', note: 'Reverse charge' },
    notes: 'Thank you',
    ...more,
  };
}
