import { renderInvoicePdf } from '../../../src/documents/invoice-pdf.js';
import { moneyOf } from '../../../src/domain/money.js';
import { pdfPages, pdfText } from '../../support/invoicing/pdf-text.js';
import { sampleDocument } from '../../support/invoicing/sample-document.js';

test('it shows what is owed, by whom, to whom, and by when', async () => {
  const text = pdfText(await renderInvoicePdf(sampleDocument()));
  for (const part of [
    ...['Invoice', 'No. INV-000042', 'Lowwater Telecom', 'billing@company.example', 'Main Street 1', 'Kyiv'],
    ...['Acme', 'Side Street 2', '01001', 'Tax ID: UA123'],
    ...['Invoice date', 'Apr 1, 2026', 'Due date', 'Apr 15, 2026', 'Mar 1, 2026 – Mar 31, 2026', 'Europe/Kyiv'],
    ...['Charges of the period', '1,234,567.123456', 'Porting', '5.000000'],
    ...['Net', '1,234,572.12 USD', 'VAT 19%', '234,568.70 USD', 'Total', '1,469,140.82 USD'],
    ...['Reverse charge', 'Thank you', 'Page 1 of 1'],
  ]) {
    expect(text).toContain(part);
  }
  expect(text).not.toContain('VOID');
});

test('in Ukrainian, with Cyrillic letters', async () => {
  const text = pdfText(
    await renderInvoicePdf(
      sampleDocument({
        language: 'uk',
        columns: ['description', 'period', 'entries', 'amount'],
        buyer: { name: 'ТОВ «Їжак»', address: 'вул. Ґонти, 2', zip: null, taxId: null, registrationId: '7' },
      }),
    ),
  );
  for (const part of [
    ...['Рахунок', '№ INV-000042', 'ТОВ «Їжак»', 'вул. Ґонти, 2', 'Реєстраційний номер: 7', 'Термін сплати'],
    ...['15.04.2026', 'Нарахування за період', 'Разом', 'Сторінка 1 з 1'],
  ]) {
    expect(text).toContain(part);
  }
  const spaced = text.replaceAll('\u00a0', ' ');
  expect(spaced).toContain('1 469 140,82 USD');
  expect(spaced).toMatch(/\b1 234\b/);
});

test('the same document is the same bytes', async () => {
  const [first, second] = [await renderInvoicePdf(sampleDocument()), await renderInvoicePdf(sampleDocument())];
  expect(first.equals(second)).toBe(true);
  expect(first.subarray(0, 5).toString()).toBe('%PDF-');
});

test('a void invoice is stamped on each page', async () => {
  const lines = Array.from({ length: 90 }, (_, index) => ({
    ...{ kind: 'typed' as const, entries: 1, amount: moneyOf('1') },
    description: `Line ${index + 1}`,
  }));
  const pages = pdfPages(await renderInvoicePdf(sampleDocument({ lines, isVoid: true })));
  expect(pages.length).toBeGreaterThan(2);
  for (const [index, text] of pages.entries()) {
    expect(text).toContain('VOID · INV-000042');
    expect(text).toContain(`Page ${index + 1} of ${pages.length}`);
  }
  const all = pages.join('\n');
  for (const { description } of lines) expect(all).toContain(description);
  expect(pages.filter((text) => text.includes('Description')).length).toBeGreaterThan(2);
});

test('a credit note names the invoice that it lowers, and has no due date', async () => {
  const document = sampleDocument({ type: 'credit_note', dueOn: null, creditOfNo: 'INV-000041', taxTerms: null });
  const text = pdfText(await renderInvoicePdf(document));
  expect(text).toContain('Credit note');
  expect(text).toContain('Lowers invoice');
  expect(text).toContain('INV-000041');
  expect(text).toContain('Credit note date');
  expect(text).not.toContain('Due date');
  expect(text).not.toContain('Net');
});

test('amounts align: equally many decimals in the lines, and the longest total on one line', async () => {
  const line = (amount: string) => ({
    kind: 'typed' as const,
    description: 'Ports',
    entries: 1,
    amount: moneyOf(amount),
  });
  const lines = [line('10.5'), line('3.125'), line('-2')];
  const total = moneyOf('-999999999999.99');
  const text = pdfText(await renderInvoicePdf(sampleDocument({ lines, total, taxTerms: null })));
  for (const part of ['10.500', '3.125', '-2.000', '-999,999,999,999.99 USD']) expect(text).toContain(part);
});

test.each([
  ['without spaces', 'W'.repeat(200)],
  ['of lines', `a${'\n\r\n\u2028b'.repeat(200)}`],
  ['from right to left', 'שלום עולם مرحبا بالعالم \u202egnp.exe'],
  ['of controls', '\u0000\u0007\u001b[31mAcme\u0085\ufeff\u200b'],
  ['of half a character', 'Acme \ud83d'],
  ['without letters of the font', '漢字 🎉 Acme'],
  ['with marks on marks', `A${'\u0301'.repeat(500)}`],
  ['of PDF syntax', 'Acme) Tj (evil \\ <<>> %%EOF'],
])('a name %s stays on one page', async (_, name) => {
  const hostile = name.slice(0, 500);
  const document = sampleDocument({
    seller: { name: hostile, email: hostile, details: hostile },
    buyer: { name: hostile, address: hostile, zip: hostile, taxId: hostile, registrationId: hostile },
    description: hostile,
    notes: hostile,
    lines: [{ kind: 'typed', description: hostile, entries: 1, amount: moneyOf('1') }],
    taxTerms: { label: hostile.slice(0, 64), rate: '19', mode: 'inclusive', note: hostile },
  });
  const pages = pdfPages(await renderInvoicePdf(document));
  expect(pages.length).toBeLessThanOrEqual(2);
  expect(pages.join('\n')).toContain('1,469,140.82 USD');
  expect(pages.join('\n')).toContain('INV-000042');
});
