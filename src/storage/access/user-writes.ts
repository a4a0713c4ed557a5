import { DomainError } from '../../domain/errors.js';
import { revokeKeysOf } from './api-key-admin.js';
import { auditedBy, writeAudit } from '../system/audit.js';
import type { Change } from '../system/change.js';
import type { CreditCap } from '../credit/credit-cap.js';
import { sqlStateOf, sqlStates, type Transaction } from '../system/database.js';
import { forgetAccount } from './login-throttles.js';
import { enqueueSignalWhere } from '../monitoring/outbox.js';
import { requireOwner } from '../resellers/resellers.js';
import { endSessions } from './sessions.js';
import { findUser, type UserLocale, type UserRole, type UserRow, type UserStatus } from './users.js';

/** Making, changing and deleting users; reading them: users.ts. */

export interface UserFields extends CreditCap {
  readonly name: string;
  readonly email: string;
  readonly role: UserRole;
  readonly status: UserStatus;
  readonly locale: UserLocale | null;
  readonly timezone: string | null;
  readonly preferences: Readonly<Record<string, unknown>>;
}

/** @throws DomainError `not_found` for a reseller outside of the subtree, `already_exists` for an address in use */
export async function createUser(
  tx: Transaction,
  withinId: string,
  input: UserFields & { readonly resellerId: string },
  change: Change,
): Promise<UserRow> {
  await requireOwner(tx, withinId, input.resellerId, '/resellerId');
  const [inserted] = await unique(
    () => tx<{ id: string }[]>`
    insert into users
      (reseller_id, name, email, role, status, locale, timezone, preferences, max_credit_amount, max_credit_currency,
       max_credit_percent, max_credit_days)
    values (${input.resellerId}, ${input.name}, ${input.email}, ${input.role}, ${input.status}, ${input.locale},
      ${input.timezone}, ${JSON.stringify(input.preferences)}::text::jsonb, ${input.maxAmount}, ${input.currency},
      ${input.maxPercent}, ${input.maxDays})
    returning id`,
  );
  const row = await reread(tx, withinId, inserted?.id);
  await audit(tx, 'user.create', row, change, null, fieldsOf(row));
  return row;
}

/**
 * Changes a locked row. A new address concerns every client whose profile notifies the user, and so does being disabled:
 * such a user is not written to, and is logged out everywhere. Preferences are the user's own: they make no new version and are not audited.
 */
export async function updateUser(
  tx: Transaction,
  withinId: string,
  before: UserRow,
  fields: UserFields,
  change: Change,
): Promise<UserRow> {
  await unique(
    () => tx`
    update users
    set name = ${fields.name}, email = ${fields.email}, role = ${fields.role}, status = ${fields.status},
      locale = ${fields.locale}, timezone = ${fields.timezone},
      preferences = ${JSON.stringify(fields.preferences)}::text::jsonb, max_credit_amount = ${fields.maxAmount},
      max_credit_currency = ${fields.currency}, max_credit_percent = ${fields.maxPercent},
      max_credit_days = ${fields.maxDays}
    where id = ${before.id}`,
  );
  const row = await reread(tx, withinId, before.id);
  if (JSON.stringify(fieldsOf(row)) === JSON.stringify(fieldsOf(before))) return row;
  await tx`update users set version = version + 1 where id = ${before.id}`;
  await audit(tx, 'user.update', row, change, fieldsOf(before), fieldsOf(row));
  if (row.status === 'disabled') await endSessions(tx, row.id, null);
  if (before.email !== row.email || before.status !== row.status) await tellMonitors(tx, row.id);
  return { ...row, version: row.version + 1 };
}

/** Recipients are part of a profile's version: monitors then read their configuration again. */
async function tellMonitors(tx: Transaction, userId: string): Promise<void> {
  const notifying = tx`select k.profile_id from profile_rules k where k.user_ids @> array[${userId}::bigint]`;
  await tx`update profiles set version = version + 1, updated_at = now() where id in (${notifying})`;
  await enqueueSignalWhere(tx, 'configurationChanged', tx`c.profile_id in (${notifying})`);
}

/**
 * Sets a new password, or takes it away (null: only a recipient from now on). Whoever was logged in is logged out.
 *
 * @param keepSession the session that stays: the one in which users change their own password
 */
export async function setPassword(
  tx: Transaction,
  row: Pick<UserRow, 'id' | 'email' | 'resellerId'>,
  passwordHash: string | null,
  keepSession: string | null,
  change: Change,
): Promise<void> {
  await tx`update users set password_hash = ${passwordHash} where id = ${row.id}`;
  const sessionsEnded = await endSessions(tx, row.id, keepSession);
  await forgetAccount(tx, row.email);
  await audit(tx, 'user.set_password', row, change, null, {
    password: passwordHash === null ? 'none' : 'new',
    sessionsEnded,
  });
}

/** Its sessions end, its keys are revoked. @throws DomainError `in_use` while a profile notifies the user */
export async function deleteUser(tx: Transaction, row: UserRow, nowMs: number, change: Change): Promise<void> {
  if (row.profiles > 0) {
    const some = row.profiles === 1 ? 'a profile notifies' : `${row.profiles} profiles notify`;
    throw new DomainError('in_use', `${some} this user: take the user out of them first`);
  }
  await revokeKeysOf(tx, row.id, nowMs, change);
  await tx`delete from users where id = ${row.id}`;
  await audit(tx, 'user.delete', row, change, fieldsOf(row), null);
}

async function unique<T>(write: () => PromiseLike<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (sqlStateOf(error) !== sqlStates.uniqueViolation) throw error;
    throw new DomainError('already_exists', 'another user has this e-mail address', '/email');
  }
}

function fieldsOf(row: UserRow): Record<string, unknown> {
  const { resellerId, name, email, role, status, locale, timezone, maxAmount, currency, maxPercent, maxDays } = row;
  return { resellerId, name, email, role, status, locale, timezone, maxAmount, currency, maxPercent, maxDays };
}

async function audit(
  tx: Transaction,
  action: string,
  row: Pick<UserRow, 'id' | 'resellerId'>,
  change: Change,
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
): Promise<void> {
  await writeAudit(tx, {
    ...auditedBy(change.actor),
    action,
    subjectType: 'user',
    subjectId: row.id,
    resellerId: row.resellerId,
    reason: change.reason,
    before,
    after,
  });
}

async function reread(tx: Transaction, withinId: string, id: string | undefined): Promise<UserRow> {
  const row = id === undefined ? null : await findUser(tx, withinId, id);
  if (!row) throw new Error('a user that was just written is not there');
  return row;
}
