import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describeSchema } from '../../support/database/describe-schema';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const snapshot = path.join(__dirname, '../../../src/storage/schema.txt');

test('the committed schema is the one that the migrations make ("npm run schema" writes it)', async () => {
  const made = await describeSchema(database.sql);
  if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(snapshot, made);
  expect(made).toBe(readFileSync(snapshot, 'utf8'));
});
