import { applyPatch } from '../../../../domain/patch.js';
import { updateUser } from '../../../../services/access/update-user.js';
import { managerCap } from '../../../../storage/credit/credit-cap.js';
import type { UserFields } from '../../../../storage/access/user-writes.js';
import type { UserRow } from '../../../../storage/access/users.js';
import { ok } from '../../../contract/answers.js';
import {
  limitToOwnCreditLimit,
  limitToOwnMaximum,
  namesIncrease,
  requireOwnRole,
} from '../../../contract/delegation.js';
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
    '`maximumIncrease` is replaced as a whole. You can’t change your own role, status, or maximums, or a ' +
    'user with more rights than you. The last administrator of the operator who can log in stays one.',
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
  const { reason: _reason, maximumIncrease, maximumCreditLimit, ...fields } = body;
  const { role = before.role, status = before.status } = fields;
  const changesMaximum = maximumIncrease !== undefined || maximumCreditLimit !== undefined;
  const changesRights = role !== before.role || status !== before.status || changesMaximum;
  if (changesRights) requireAnother(caller, before, 'you can’t change your own role, status, or maximums');
  requireOwnRole(caller, role, '#/role');
  return {
    ...applyPatch<UserFields>(before, fields),
    ...(maximumIncrease !== undefined &&
      managerCap(limitToOwnMaximum(caller.cap, maximumIncrease), namesIncrease(maximumIncrease) || !before.isManager)),
    ...(maximumCreditLimit !== undefined && limitToOwnCreditLimit(caller.limitCap, maximumCreditLimit)),
  };
}
