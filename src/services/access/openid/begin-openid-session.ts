import type { UserRole } from '../../../domain/access/roles.js';
import { DomainError } from '../../../domain/errors.js';
import { findOpenIdUser, writeOpenIdSubject } from '../../../storage/access/openid-logins.js';
import type { SessionLimits } from '../../../storage/access/sessions.js';
import { insertUser } from '../../../storage/access/user-writes.js';
import { lockUser, type UserLocale, type UserRow } from '../../../storage/access/users.js';
import { noLimitCap } from '../../../storage/credit/limit-cap.js';
import type { Transaction } from '../../../storage/system/database.js';
import { change, recorded, recordedBy, type ChangeEntry, type Requester } from '../../change.js';
import { writeSession, type NewSession } from '../begin-session.js';
import { editUser } from '../edit-user.js';
import { userEntry } from '../user-entry.js';

export interface OpenIdUser {
  readonly subject: string;
  /** null: the provider does not vouch for an address */
  readonly verifiedEmail: string | null;
  readonly name: string | null;
  readonly locale: UserLocale | null;
  readonly timezone: string | null;
  readonly sessionId: string | null;
  /** `of-user`: the provider gives no roles; null: it gives roles, and none to this person */
  readonly role: UserRole | 'of-user' | null;
}

/**
 * Logs in the person that the OpenID Connect provider has identified: the user of its subject, else the user with the address that
 * it has verified, bound to the subject from then on. Where the provider gives roles, the role follows it at each login, and an unknown
 * person becomes a user of the operator.
 *
 * @param requester of the operator, anonymous: the audit log names a known user
 * @throws DomainError `login_not_allowed` for a person without a user or a role, and for a disabled user; with the remedy
 * @returns the token of the session, whose only copy it is
 */
export function beginOpenIdSession(
  requester: Requester,
  user: OpenIdUser,
  session: NewSession,
  limits: SessionLimits,
): Promise<string> {
  return change(requester, async (tx) => {
    const { row, entries, isNew } = await userFor(tx, requester.scope.resellerId, user);
    const origin = { ...session, openId: { sessionId: user.sessionId } };
    const { token, entry } = await writeSession(tx, row, origin, limits, requester.now);
    const outcome = recorded(token, entry, ...entries);
    // A known user does it itself; before that, it is no one yet.
    return isNew ? outcome : recordedBy(`user:${row.id}`, outcome);
  });
}

interface FoundUser {
  readonly row: UserRow;
  readonly entries: readonly ChangeEntry[];
  readonly isNew: boolean;
}

async function userFor(tx: Transaction, operatorId: string, user: OpenIdUser): Promise<FoundUser> {
  if (user.role === null)
    throw refused('your account has no role in Lowwater: ask your administrator for a group that gives one');
  const found = await findOpenIdUser(tx, user.subject, user.verifiedEmail);
  if (!found) return createdUser(tx, operatorId, user, user.role);
  const before = await lockUser(tx, operatorId, found.id);
  if (!before || before.status === 'disabled') throw refused('your user is disabled: ask your administrator');
  if (!found.isKnown) await writeOpenIdSubject(tx, before.id, user.subject);
  const role = user.role === 'of-user' ? before.role : user.role;
  const { row, entry } = await editUser(tx, operatorId, before, { ...before, role }, reason);
  return { row, entries: entry === null ? [] : [entry], isNew: false };
}

async function createdUser(
  tx: Transaction,
  operatorId: string,
  user: OpenIdUser,
  role: UserRole | 'of-user',
): Promise<FoundUser> {
  if (role === 'of-user')
    throw refused('there is no user for your account: ask your administrator to create one with your email');
  if (user.verifiedEmail === null) {
    throw refused('your account has no verified email address: verify it at the provider, or ask your administrator');
  }
  const row = await insertUser(tx, operatorId, {
    ...{ ...noLimitCap, maxAmount: null, currency: null, maxPercent: null, maxDays: null },
    ...{ resellerId: operatorId, email: user.verifiedEmail, name: user.name?.slice(0, 200) ?? user.verifiedEmail },
    ...{ role, status: 'active', locale: user.locale, timezone: user.timezone, preferences: {} },
  });
  await writeOpenIdSubject(tx, row.id, user.subject);
  return { row, entries: [userEntry('user.create', null, row, reason)], isNew: true };
}

const reason = 'Given by the OpenID Connect provider';

const refused = (detail: string): DomainError => new DomainError('login_not_allowed', detail);
