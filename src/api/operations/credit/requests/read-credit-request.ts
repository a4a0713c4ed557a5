import { dayMs } from '../../../../domain/durations.js';
import { countGrantsSince } from '../../../../storage/credit/credit-requests-read.js';
import { userIdOf } from '../../../context.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';
import { creditParams } from '../shared.js';
import { creditRequestFields, creditRequestJson, requireCreditRequest } from './schema.js';

const historyDays = 90;

const detailsSchema = z
  .strictObject({
    ...creditRequestFields,
    grantsLast90Days: z.int().openapi({ description: 'Temporary credits of the client in the last 90 days' }),
    own: z.boolean().openapi({ description: 'You made this request: you can withdraw it, and another user decides' }),
  })
  .openapi('CreditRequestDetails');

export const readCreditRequestOperation = defineOperation({
  id: 'readCreditRequest',
  method: 'get',
  path: '/v1/credit-requests/{id}',
  area: 'credit',
  summary: 'Get a credit request',
  description:
    'With what a decision needs. `explain` of the client has its available balance and thresholds, and `limits` of its ' +
    'temporary credits your maximum.',
  scope: 'credit:read',
  request: { params: creditParams },
  responses: { 200: { description: 'The credit request', schema: detailsSchema } },
  async handler({ params, caller, scope, now }) {
    const row = await requireCreditRequest(scope, params.id);
    const since = new Date(now - historyDays * dayMs);
    const userId = userIdOf(caller);
    return ok(
      {
        ...creditRequestJson(row),
        grantsLast90Days: await scope.read((q) => countGrantsSince(q, row.clientId, since)),
        own: row.requestedBy === caller.actor.id || (userId !== null && row.requesterUserId === userId),
      },
      { version: row.version },
    );
  },
});
