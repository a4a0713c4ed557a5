import { invoiceState, isOverdue, paymentStatus } from '../../../src/domain/invoicing/payment-status.js';

const issued = { type: 'outgoing', status: 'issued', total: 100n, outstanding: 100n, overdueFrom: 1_000 } as const;

test.each([
  ['unpaid', issued],
  ['partly_paid', { ...issued, outstanding: 1n }],
  ['paid', { ...issued, outstanding: 0n }],
  ['not_payable', { ...issued, total: 0n, outstanding: 0n }],
  ['not_payable', { ...issued, total: -5n, outstanding: 0n }],
  ['not_payable', { ...issued, type: 'credit_note', outstanding: 0n }],
  [null, { ...issued, status: 'draft', outstanding: 0n }],
  [null, { ...issued, status: 'void', outstanding: 0n }],
] as const)('%s', (status, invoice) => {
  expect(paymentStatus(invoice)).toBe(status);
});

test('an invoice is overdue from the day after its due date, while something is due', () => {
  expect(isOverdue(issued, 999)).toBe(false);
  expect(isOverdue(issued, 1_000)).toBe(true);
  expect(isOverdue({ ...issued, outstanding: 0n }, 1_000)).toBe(false);
});

test('one word says it: void, draft, overdue, else how it is paid', () => {
  expect(invoiceState({ ...issued, status: 'void', outstanding: 0n }, 5_000)).toBe('void');
  expect(invoiceState({ ...issued, status: 'draft', outstanding: 0n, overdueFrom: null }, 5_000)).toBe('draft');
  expect(invoiceState({ ...issued, outstanding: 40n }, 5_000)).toBe('overdue');
  expect(invoiceState({ ...issued, outstanding: 40n }, 0)).toBe('partly_paid');
});
