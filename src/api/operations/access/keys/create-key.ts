import { issueApiKey } from '../../../../storage/access/api-key-admin.js';
import { inTransaction } from '../../../../storage/system/transaction.js';
import { created } from '../../../contract/answers.js';
import { boundedCap, requireOwnScopes } from '../../../contract/bounds.js';
import { defineOperation } from '../../../contract/operation.js';
import { problemAt } from '../../../http/problem.js';
import { ownerOf, requireOwnersRights } from './owner.js';
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
  async handler({ body, caller, context, now }) {
    requireOwnScopes(caller, body.scopes);
    if (body.expiresAt && body.expiresAt.getTime() <= now) {
      throw problemAt(
        'invalid',
        '#/expiresAt',
        'is already past: give a later instant, or null for a key that does not expire',
      );
    }
    const input = {
      resellerId: body.resellerId ?? caller.resellerId,
      name: body.name,
      scopes: body.scopes,
      createdBy: caller.actor.id,
      environment: body.environment,
      expiresAt: body.expiresAt,
      cap: boundedCap(caller.cap, body.maximumIncrease),
      ownerId: ownerOf(caller, body.ownerId),
    };
    const change = { actor: caller.actor, reason: body.reason ?? null };
    const { row, key } = await inTransaction(context.sql, async (tx) => {
      if (input.ownerId !== null) await requireOwnersRights(tx, caller, input.ownerId, input);
      return issueApiKey(tx, caller.resellerId, input, change);
    });
    return created(`/v1/api-keys/${row.id}`, { ...keyJson(row, now), key });
  },
});
