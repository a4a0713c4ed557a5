import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { notificationKinds, templateKinds } from '../../src/domain/mail-kinds.js';

const folder = path.join(__dirname, '../../src/storage/migrations');
const migrations = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .map((name) => readFileSync(path.join(folder, name), 'utf8'))
  .join('\n');

/** The values that the `check` of a table's column `kind` allows. */
function kindsOf(table: string): string[] {
  const [, body = ''] = new RegExp(`create table ${table} \\(([^]*?)\\n\\);`).exec(migrations) ?? [];
  const [, list = ''] = /\n\s+kind\s+text not null check \(kind in \(([^)]*)\)/.exec(body) ?? [];
  return [...list.matchAll(/'(\w+)'/g)].map(([, kind]) => kind ?? '');
}

test.each([
  ['notifications', notificationKinds],
  ['mail_templates', templateKinds],
] as const)('the database takes in %s the kinds of the record, and no other', (table, kinds) => {
  expect(kindsOf(table)).toEqual(kinds);
});
