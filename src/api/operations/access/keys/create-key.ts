import { createApiKey } from '../../../../services/access/create-api-key.js';
import type { UserRow } from '../../../../storage/access/users.js';
import { created } from '../../../contract/answers.js';
import { boundedCap, requireOwnScopes } from '../../../contract/bounds.js';
import { defineOperation } from '../../../contract/operation.js';
import { problemAt } from '../../../http/problem.js';
import { ownerOf, requireOwnersScopes } from './owner.js';
import { keyBody, keyJson, newKeySchema } from './schema.js';

export const createKeyOperation = defineOperation({
  id: 'createApiKey',
  method: 'post',
  path: '/v1/api-keys',
  area: 'keys',
  summary: 'Make an API key',
  description:
    'The answer is the only time that the key is shown. It can have no scope and no higher maximum increase than whoever makes it.',
  scope: 'keys:write',
  secretAnswer: true,
  request: { body: keyBody },
  example: {
    name: 'payment system',
    scopes: ['payments:write'],
    maximumIncrease: { amount: { amount: '200.00', currency: 'USD' }, days: 30 },
  },
  responses: { 201: { description: 'The key', schema: newKeySchema } },
  problems: ['credit_above_maximum', 'conflict'],
  async handler({ body, caller, requester, now }) {
    requireOwnScopes(caller, body.scopes);
    if (body.expiresAt && body.expiresAt.getTime() <= now) {
      throw problemAt(
        'invalid',
        '#/expiresAt',
        'is already past: give a later instant, or null for a key that does not expire',
      );
    }
    const ownerId = ownerOf(caller, body.ownerId);
    const requireRights = (owner: UserRow): void => requireOwnersScopes(owner, body.scopes);
    const input = {
      resellerId: body.resellerId ?? requester.scope.resellerId,
      name: body.name,
      scopes: body.scopes,
      environment: body.environment,
      expiresAt: body.expiresAt,
      cap: boundedCap(caller.cap, body.maximumIncrease),
      owner: ownerId === null ? null : { id: ownerId, requireRights },
    };
    const { row, key } = await createApiKey(requester, input, body.reason);
    return created(`/v1/api-keys/${row.id}`, { ...keyJson(row, now), key });
  },
});
