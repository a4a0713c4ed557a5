import { matchColumns, requiredFields } from '../../../src/domain/clients/import/import-fields.js';
import { readCells } from '../../../src/domain/clients/import/import-cells.js';
import { clientFieldEntries } from '../../../src/domain/clients/client-fields.js';

/** Columns and cells of a file of clients, before anything is known of the database. */

test('columns are matched by names of fields, by headers of our own files, and by what spreadsheets call them', () => {
  const headers = [
    'NAME',
    'credit_limit',
    'Billing email',
    'Live',
    'payment-terms',
    'Notes',
    'client',
    'constructor',
    '',
  ];
  expect(matchColumns(headers)).toEqual([
    'name',
    'creditLimit',
    'billingEmail',
    'openingBalance',
    'paymentTermsId',
    null,
    null,
    null,
    null,
  ]);
});

test('each field is matched by its own name, and by its header in our files', () => {
  const names = clientFieldEntries.map(([name]) => name);
  expect(matchColumns(names)).toEqual(names);
  const exported = clientFieldEntries.flatMap(([name, spec]) =>
    spec.csv === undefined ? [] : [{ name, csv: spec.csv }],
  );
  expect(matchColumns(exported.map(({ csv }) => csv))).toEqual(exported.map(({ name }) => name));
});

test('name and currency have no default', () => {
  expect(requiredFields).toEqual(['name', 'currency']);
});

test.each([
  ['notifyClient', 'Yes', true],
  ['notifyClient', '0', false],
  ['notifyClient', 'так', true],
  ['originationCapacity', '30', 30],
  ['creditLimit', '-12.50', '-12.50'],
  ['creditLimit', "'-12.50", '-12.50'],
  ['companyName', "'=1+1", '=1+1'],
  ['companyName', "'s-Gravenhage", "'s-Gravenhage"],
  ['tags', ' vip ; wholesale, ', ['vip', 'wholesale']],
  ['warningThresholds', '75%, 950', ['75%', '950']],
  ['currency', 'usd', 'USD'],
  ['balanceModel', 'PostPaid', 'postpaid'],
  ['balanceModel', 'monthly', 'monthly'],
  ['profileId', 'default', 'default'],
] as const)('a cell of %s with %j is read as %j', (field, text, value) => {
  expect(readCells([field], [text])).toEqual({ values: { [field]: value }, faults: [] });
});

test.each([
  ['notifyClient', 'maybe', 'must be yes or no'],
  ['originationCapacity', '1.5', 'must be a whole number'],
  ['originationCapacity', '1e3', 'must be a whole number'],
] as const)('a cell of %s with %j is refused: %s', (field, text, detail) => {
  expect(readCells([null, field], ['', text])).toEqual({
    values: {},
    faults: [{ column: 1, field, code: 'wrong_type', detail }],
  });
});

test('an empty cell, and one that is missing, leave the field to its default', () => {
  expect(readCells(['name', 'tags', 'creditLimit', null], [' Acme ', '  '])).toEqual({
    values: { name: 'Acme' },
    faults: [],
  });
});
