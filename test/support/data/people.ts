import { csrfTokenOf } from '../../../src/api/access/csrf.js';
import { sessionLimits } from '../../../src/api/http/sender.js';
import { createUser } from '../../../src/services/access/create-user.js';
import { noCap, type CreditCap } from '../../../src/storage/credit/credit-cap.js';
import { hashPassword } from '../../../src/storage/access/passwords.js';
import { createSession } from '../../../src/storage/access/sessions.js';
import type { UserRole } from '../../../src/domain/access/roles.js';
import type { CallOptions, TestApi } from '../api/api.js';
import { testRequester } from './requester.js';

export interface Person {
  readonly id: string;
  readonly email: string;
}

/** Hashed once: hashing is slow on purpose. */
export const password = 'correct horse battery staple';
let passwordHash: Promise<string> | undefined;
let made = 0;

/** A user past the API, with the password above. */
export async function makePerson(
  api: TestApi,
  role: UserRole,
  options: { readonly resellerId?: string; readonly cap?: CreditCap } = {},
): Promise<Person> {
  const email = `${role}-${++made}@people.example`;
  const { id } = await createUser(testRequester(api.sql, api.operatorId), {
    ...(options.cap ?? noCap),
    ...{ name: role, email, role, status: 'active', locale: null, timezone: null, preferences: {} },
    resellerId: options.resellerId ?? api.operatorId,
    hasOwnIncrease: true,
    passwordHash: await (passwordHash ??= hashPassword(password)),
  });
  return { id, email };
}

/** What a browser sends that is logged in as this user. */
export async function asUser(api: TestApi, userId: string): Promise<CallOptions & { readonly token: string }> {
  const origin = { address: '127.0.0.1', agent: 'tests' };
  const limits = sessionLimits(api.context.config);
  const { token } = await createSession(api.sql, userId, origin, limits, api.now ?? Date.now());
  return { key: null, token, headers: { Cookie: `lowwater_session=${token}`, 'X-CSRF-Token': csrfTokenOf(token) } };
}
