import {
  invoiceNumber,
  requireNumberFormat,
  type NumberFormat,
} from '../../../src/domain/invoicing/invoice-numbers.js';

const format = (text: string, more: Partial<NumberFormat> = {}): NumberFormat => ({
  prefix: 'INV-',
  format: text,
  restart: 'never',
  ...more,
});

test.each([
  ['{prefix}{seq:6}', 'INV-000042'],
  ['{prefix}{yyyy}-{mm}/{seq}', 'INV-2026-03/42'],
  ['A{yy}{seq:1}', 'A2642'],
  ['{seq:2}', '42'],
])('%s gives %s', (text, number) => {
  expect(invoiceNumber(format(text), '2026-03-31', 42n)).toBe(number);
  expect(() => requireNumberFormat(format(text))).not.toThrow();
});

test('a number longer than its width is not cut', () => {
  expect(invoiceNumber(format('{seq:2}'), '2026-03-31', 12_345n)).toBe('12345');
});

test.each([
  [format('{prefix}'), '/format', '{seq} once'],
  [format('{seq}{seq}'), '/format', '{seq} once'],
  [format('{seq} {yyyy}'), '/format', 'Latin letters'],
  [format('№{seq}'), '/format', 'Latin letters'],
  [format('{seq:0}'), '/format', 'Latin letters'],
  [format('{seq}', { prefix: 'РФ-' }), '/prefix', 'Latin letters'],
  [format('{prefix}{yy}-{seq}', { restart: 'yearly' }), '/format', '{yyyy}'],
  [format(`${'x'.repeat(32)}{seq}`), '/format', 'more than 40'],
])('%j is refused', (asked, pointer, detail) => {
  expect(() => requireNumberFormat(asked)).toThrow(
    expect.objectContaining({ code: 'invalid', pointer, message: expect.stringContaining(detail) }),
  );
});
