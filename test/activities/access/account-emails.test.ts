import { startMailer } from '../../../src/activities/start-mailer.js';
import { enqueueAccountEmail } from '../../../src/storage/access/account-emails.js';
import type { AccountChange } from '../../../src/domain/access/account-links.js';
import type { UserEmailKind } from '../../../src/domain/notifications/mail-kinds.js';
import type { Sql } from '../../../src/storage/system/database.js';
import { accountMail, type AccountMail } from '../../support/mail/account-mail.js';
import { insertOperator } from '../../support/data/clients.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';

let database: TestDatabase;
let sql: Sql;
let post: AccountMail;
const address = 'anna@operator.example';
beforeEach(async () => {
  database = await createTestDatabase();
  sql = database.sql;
  post = accountMail(sql);
  await insertOperator(sql);
  await sql`
    insert into users (id, reseller_id, name, email)
    select 900, id, 'Anna', ${address} from resellers where kind = 'operator'`;
}, 60_000);
afterEach(() => database?.drop());

const enqueue = (kind: UserEmailKind, change: AccountChange | null = null): Promise<void> =>
  sql.begin((tx) => enqueueAccountEmail(tx, { userId: '900', kind, change, at: Date.now() })).then(() => undefined);
const rows = () => sql`select status, attempts, token_hash is not null as "hasLink" from account_emails order by id`;
const passTime = (by: string): Promise<unknown> => sql`
  update account_emails
  set requested_at = requested_at - ${by}::interval, next_attempt_at = next_attempt_at - ${by}::interval`;

describe('an email about an account', () => {
  test('is sent once, by one of two workers', async () => {
    await enqueue('user_invitation');
    const sent = await Promise.all([post.send(), post.send()]);
    expect(sent.sort()).toEqual([0, 1]);
    expect(post.mail.taken.map(({ to }) => to)).toEqual([[address]]);
    expect(await post.send()).toBe(0);
    expect(await rows()).toEqual([{ status: 'accepted', attempts: 1, hasLink: true }]);
  });

  test('is sent again by another worker where one died while it sent', async () => {
    await enqueue('user_invitation');
    post.mail.send = async () => Promise.reject(new Error('killed'));
    await expect(post.send()).rejects.toThrow('killed');
    const alive = accountMail(sql);
    expect(await alive.send()).toBe(0);
    await passTime('16 minutes');
    expect(await alive.send()).toBe(1);
    expect(await rows()).toEqual([{ status: 'accepted', attempts: 2, hasLink: true }]);
  });

  test.each([
    ['password_reset', null, '61 minutes'],
    ['password_changed', 'password', '25 hours'],
  ] as const)('of kind %s is given up when it is late', async (kind, change, late) => {
    await enqueue(kind, change);
    post.mail.mode = 'refuse';
    await post.send();
    expect(await rows()).toEqual([expect.objectContaining({ status: 'pending', attempts: 1 })]);
    await passTime(late);
    await post.send();
    expect(await rows()).toEqual([expect.objectContaining({ status: 'failed', attempts: 2 })]);
  });

  test('is not sent again where it may have arrived', async () => {
    await enqueue('password_reset');
    post.mail.mode = 'uncertain';
    await post.send();
    await passTime('1 hour');
    expect(await post.send()).toBe(0);
    expect(await rows()).toEqual([expect.objectContaining({ status: 'uncertain', attempts: 1 })]);
  });

  test('does not go to who was disabled meanwhile', async () => {
    await enqueue('password_changed', 'password');
    await sql`update users set status = 'disabled'`;
    expect(await post.send()).toBe(0);
    expect(post.mail.taken).toEqual([]);
    expect(await rows()).toEqual([expect.objectContaining({ status: 'failed' })]);
  });

  test('about a change has no link', async () => {
    await enqueue('second_factor_changed', 'disabled');
    await post.send();
    expect(post.mail.taken[0]?.text).not.toContain('set-password');
    expect(await rows()).toEqual([{ status: 'accepted', attempts: 1, hasLink: false }]);
  });

  test('is sent by the worker while it runs', async () => {
    const failures: unknown[] = [];
    const mailer = startMailer(post.send, (error) => failures.push(error));
    await enqueue('user_invitation');
    while (post.mail.taken.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await mailer.stop();
    expect(failures).toEqual([]);
  });
});
