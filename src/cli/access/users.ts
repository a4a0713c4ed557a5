import { DomainError } from '../../domain/errors.js';
import { createUser } from '../../services/access/create-user.js';
import { passwordError, type PasswordOwner } from '../../services/access/password-error.js';
import { restoreLogin } from '../../services/access/restore-login.js';
import { noCap } from '../../storage/credit/credit-cap.js';
import type { Sql } from '../../storage/system/database.js';
import { hashPassword } from '../../storage/access/passwords.js';
import { readPage } from '../../storage/system/paging.js';
import type { UserRole } from '../../domain/access/roles.js';
import { userList, type UserRow } from '../../storage/access/users.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { commandLine } from '../requester.js';

/** Users, created and repaired on the command line: write access to the database is the right to do so. */

interface NewLogin {
  readonly email: string;
  readonly name: string;
  readonly role: UserRole;
  readonly password: string;
}

/** @throws CommandError (usage) where the password is too easy to guess */
export async function requireGoodPassword(password: string, owner: PasswordOwner): Promise<void> {
  const fault = await passwordError(password, owner);
  if (fault !== null) throw new CommandError(exitCodes.usage, `The password ${fault}.`);
}

/**
 * Makes a user of the operator who can log in.
 *
 * @throws CommandError (conflict) where another user has the address
 */
export async function createLogin(sql: Sql, operatorId: string, login: NewLogin): Promise<UserRow> {
  const { email, name, role, password } = login;
  const fields = { ...noCap, email, name, role, status: 'active', locale: null, timezone: null } as const;
  const passwordHash = await hashPassword(password);
  const user = { ...fields, preferences: {}, resellerId: operatorId, passwordHash };
  try {
    return await createUser(commandLine(sql, operatorId), user);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new CommandError(exitCodes.conflict, `${email}: ${error.message}.`, { cause: error });
  }
}

/** The user with this address, of whatever reseller below. */
export async function findByEmail(sql: Sql, operatorId: string, email: string): Promise<UserRow | null> {
  const filter = { resellerId: null, name: null, email, role: null, status: null };
  const page = { limit: 1, cursor: null, sort: [{ name: 'id', descending: false }], withTotal: false } as const;
  const { rows } = await readPage(sql, page, userList(sql, operatorId, filter));
  return rows[0] ?? null;
}

/** Lets a user log in with this password from now on, logged out wherever they were; one who was disabled is no longer. */
export async function setLogin(
  sql: Sql,
  operatorId: string,
  user: UserRow,
  { password, resetsSecondFactor }: { readonly password: string; readonly resetsSecondFactor: boolean },
): Promise<void> {
  const passwordHash = await hashPassword(password);
  try {
    await restoreLogin(commandLine(sql, operatorId), user.id, { passwordHash, resetsSecondFactor });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new CommandError(exitCodes.notFound, `The user ${user.email} was just deleted.`, { cause: error });
  }
}
