import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  accountEmailKinds,
  companyNotificationKinds,
  notificationKinds,
  templateKinds,
} from '../../src/domain/notifications/mail-kinds.js';

const folder = path.join(__dirname, '../../src/storage/migrations');
const migrations = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .map((name) => readFileSync(path.join(folder, name), 'utf8'))
  .join('\n');

const [, domainCheck = ''] = /create domain notification_kind as text\n([^;]*);/.exec(migrations) ?? [];

/** The values that the column `kind` of a table takes, by its own check or by the domain. */
function kindsOf(table: string): string[] {
  const [, body = ''] = new RegExp(`create table ${table} \\(([^]*?)\\n\\);`).exec(migrations) ?? [];
  const [, type = '', check = ''] = /\n\s+kind\s+(\w+) not null(?: check \(kind in \(([^)]*)\))?/.exec(body) ?? [];
  const list = type === 'notification_kind' ? domainCheck : check;
  return [...list.matchAll(/'(\w+)'/g)].map(([, kind]) => kind ?? '');
}

test.each([
  ['notifications', [...notificationKinds, ...companyNotificationKinds]],
  ['mail_templates', templateKinds],
  ['account_emails', accountEmailKinds],
] as const)('the database takes in %s the kinds of the record, and no other', (table, kinds) => {
  expect(kindsOf(table)).toEqual(kinds);
});
