import { createApiKey } from '../../../../services/access/create-api-key.js';
import type { UserRow } from '../../../../storage/access/users.js';
import { created } from '../../../contract/answers.js';
import {
  limitToOwnCreditLimit,
  limitToOwnMaximum,
  namesIncrease,
  requireOwnScopes,
} from '../../../contract/delegation.js';
import { defineOperation } from '../../../contract/operation.js';
import { problemAt } from '../../../http/problem.js';
import { ownerOf, requireOwnersScopes } from './owner.js';
import { keyBody, keyJson, newKeySchema } from './schema.js';

export const createKeyOperation = defineOperation({
  id: 'createApiKey',
  method: 'post',
  path: '/v1/api-keys',
  area: 'keys',
  summary: 'Create an API key',
  description:
    'The response is the only one that contains the key. A key can’t have scopes or a maximum increase beyond ' +
    'those of its creator.',
  scope: 'keys:write',
  secretAnswer: true,
  request: { body: keyBody },
  example: {
    name: 'payment system',
    scopes: ['payments:write'],
    maximumIncrease: { amount: { amount: '200.00', currency: 'USD' }, days: 30 },
  },
  responses: { 201: { description: 'The key', schema: newKeySchema } },
  problems: ['credit_above_maximum', 'conflict', 'not_found'],
  async handler({ body, caller, requester, now }) {
    requireOwnScopes(caller, body.scopes);
    if (body.expiresAt && body.expiresAt.getTime() <= now) {
      throw problemAt('invalid', '#/expiresAt', 'must be in the future, or null for a key that does not expire');
    }
    const { reason, ownerId: wantedOwnerId, maximumIncrease, maximumCreditLimit, ...fields } = body;
    const ownerId = ownerOf(caller, wantedOwnerId);
    const requireRights = (owner: UserRow): void => requireOwnersScopes(owner, body.scopes);
    const input = {
      ...fields,
      resellerId: body.resellerId ?? requester.scope.resellerId,
      hasOwnIncrease: namesIncrease(maximumIncrease),
      cap: limitToOwnMaximum(caller.cap, maximumIncrease),
      limitCap: limitToOwnCreditLimit(caller.limitCap, maximumCreditLimit),
      owner: ownerId === null ? null : { id: ownerId, requireRights },
    };
    const { row, key } = await createApiKey(requester, input, reason);
    return created(`/v1/api-keys/${row.id}`, { ...keyJson(row, now), key });
  },
});
