import { taxRate } from '../../../src/domain/invoicing/tax-profile.js';

test.each([
  ['19', '19'],
  ['19.00', '19'],
  ['8.8750', '8.875'],
  ['007.5', '7.5'],
  ['0', '0'],
  ['100.0000', '100'],
])('the rate %s is %s', (text, rate) => expect(taxRate(text)).toBe(rate));

test.each(['', '-1', '100.0001', '101', '1.00001', '1e1', '.5', '5.', '19%', '1,5'])('%s is no rate', (text) =>
  expect(taxRate(text)).toBeNull(),
);
