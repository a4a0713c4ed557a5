import { DomainError } from '../../domain/errors.js';
import type { CreditCap } from '../credit/credit-cap.js';
import type { LimitCap } from '../credit/limit-cap.js';
import { wakeDispatcher } from '../monitoring/outbox.js';
import { sqlStateOf, sqlStates, type Transaction } from '../system/database.js';
import type { UserRole } from '../../domain/access/roles.js';
import { findUser, type UserLocale, type UserRow, type UserStatus } from './users.js';

/** Adding, changing and deleting users; reading them: users.ts. */

export interface UserFields extends CreditCap, LimitCap {
  readonly name: string;
  readonly email: string;
  readonly role: UserRole;
  readonly status: UserStatus;
  readonly locale: UserLocale | null;
  readonly timezone: string | null;
  readonly preferences: Readonly<Record<string, unknown>>;
}

/** @throws DomainError `already_exists` for an address in use */
export async function insertUser(
  tx: Transaction,
  withinId: string,
  input: UserFields & { readonly resellerId: string },
): Promise<UserRow> {
  const [inserted] = await unique(
    () => tx<{ id: string }[]>`
    insert into users
      (reseller_id, name, email, role, status, locale, timezone, preferences, max_credit_amount, max_credit_currency,
       max_credit_percent, max_credit_days, max_limit_amount, max_limit_currency)
    values (${input.resellerId}, ${input.name}, ${input.email}, ${input.role}, ${input.status}, ${input.locale},
      ${input.timezone}, ${JSON.stringify(input.preferences)}::text::jsonb, ${input.maxAmount}, ${input.currency},
      ${input.maxPercent}, ${input.maxDays}, ${input.maxLimit}, ${input.limitCurrency})
    returning id`,
  );
  return reread(tx, withinId, inserted?.id);
}

/** Changes a locked row; its version stays. @throws DomainError `already_exists` for an address in use */
export async function updateUserRow(
  tx: Transaction,
  withinId: string,
  id: string,
  fields: UserFields,
): Promise<UserRow> {
  await unique(
    () => tx`
    update users
    set name = ${fields.name}, email = ${fields.email}, role = ${fields.role}, status = ${fields.status},
      locale = ${fields.locale}, timezone = ${fields.timezone},
      preferences = ${JSON.stringify(fields.preferences)}::text::jsonb, max_credit_amount = ${fields.maxAmount},
      max_credit_currency = ${fields.currency}, max_credit_percent = ${fields.maxPercent},
      max_credit_days = ${fields.maxDays}, max_limit_amount = ${fields.maxLimit},
      max_limit_currency = ${fields.limitCurrency}
    where id = ${id}`,
  );
  return reread(tx, withinId, id);
}

export async function raiseUserVersion(tx: Transaction, id: string): Promise<void> {
  await tx`update users set version = version + 1 where id = ${id}`;
}

/**
 * Recipients are part of a profile's version: monitors then read their configuration again. A function of the database
 * does it, because a profile of a reseller above may notify the user (migrations/000021_row_security.sql).
 */
export async function signalProfilesNotifying(tx: Transaction, userId: string): Promise<void> {
  const [signaled] = await tx<{ clients: number }[]>`select signal_profiles_notifying(${userId})::int as clients`;
  if (signaled && signaled.clients > 0) await wakeDispatcher(tx, 'fleet');
}

/** Whether a profile notifies the user, also one of a reseller that the scope does not see. */
export async function isNotifiedByProfile(tx: Transaction, userId: string): Promise<boolean> {
  const [found] = await tx<{ notified: boolean }[]>`select is_notified_by_profile(${userId}) as notified`;
  return found?.notified ?? false;
}

/** @param passwordHash null: the user can no longer log in */
export async function updatePasswordHash(tx: Transaction, id: string, passwordHash: string | null): Promise<void> {
  await tx`update users set password_hash = ${passwordHash} where id = ${id}`;
}

/** The user's sessions end with the row. */
export async function deleteUserRow(tx: Transaction, id: string): Promise<void> {
  await tx`delete from users where id = ${id}`;
}

async function unique<T>(write: () => PromiseLike<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (sqlStateOf(error) !== sqlStates.uniqueViolation) throw error;
    // Also where another reseller has it: the same words after the same time, for no look-up follows.
    throw new DomainError('already_exists', 'this email address cannot be used: enter another one', '/email');
  }
}

async function reread(tx: Transaction, withinId: string, id: string | undefined): Promise<UserRow> {
  const row = id === undefined ? null : await findUser(tx, withinId, id);
  if (!row) throw new Error('a user that was just written is not there');
  return row;
}
