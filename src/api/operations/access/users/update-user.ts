import { updateUser } from '../../../../services/access/update-user.js';
import type { UserFields } from '../../../../storage/access/user-writes.js';
import type { UserRow } from '../../../../storage/access/users.js';
import { ok } from '../../../contract/answers.js';
import { boundedCap, requireOwnRole } from '../../../contract/bounds.js';
import type { Caller } from '../../../context.js';
import { requireVersion } from '../../../http/if-match.js';
import { defineOperation } from '../../../contract/operation.js';
import type { z } from '../../../contract/zod.js';
import { requireAnother, requireNotAbove } from './rights.js';
import { userJson, userParams, userPatch, userSchema } from './schema.js';

export const updateUserOperation = defineOperation({
  id: 'updateUser',
  method: 'patch',
  path: '/v1/users/{id}',
  area: 'users',
  summary: 'Change a user',
  description:
    'A given `maximumIncrease` replaces the whole of it. One’s own role, status and maximum increase are for others to change. Who may do more than the caller is not changed at all.',
  scope: 'users:write',
  needsIfMatch: true,
  request: { params: userParams, body: userPatch },
  example: { email: 'anna@operator.example', role: 'operator' },
  responses: { 200: { description: 'The user', schema: userSchema } },
  problems: ['already_exists', 'conflict', 'credit_above_maximum'],
  async handler({ params, body, caller, requester, ifMatch }) {
    const edited = (before: UserRow): UserFields => {
      requireVersion(ifMatch, before.version, userJson(before));
      requireNotAbove(caller, before);
      return patched(caller, before, body);
    };
    const row = await updateUser(requester, params.id, edited, body.reason);
    return ok(userJson(row), { version: row.version });
  },
});

function patched(caller: Caller, before: UserRow, body: z.output<typeof userPatch>): UserFields {
  const { role = before.role, status = before.status } = body;
  const changesRights = role !== before.role || status !== before.status || body.maximumIncrease !== undefined;
  if (changesRights) requireAnother(caller, before, 'these are your own rights');
  requireOwnRole(caller, role, '#/role');
  const { maxAmount, currency, maxPercent, maxDays } = before;
  return {
    ...{ role, status, preferences: before.preferences },
    name: body.name ?? before.name,
    email: body.email ?? before.email,
    locale: body.locale === undefined ? before.locale : body.locale,
    timezone: body.timezone === undefined ? before.timezone : body.timezone,
    ...(body.maximumIncrease === undefined
      ? { maxAmount, currency, maxPercent, maxDays }
      : boundedCap(caller.cap, body.maximumIncrease)),
  };
}
