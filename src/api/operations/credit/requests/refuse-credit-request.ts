import { endCreditRequest } from '../../../../services/credit/requests/end-credit-request.js';
import { userIdOf } from '../../../context.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireVersion } from '../../../http/if-match.js';
import { creditParams } from '../shared.js';
import { creditRequestJson, creditRequestSchema, requireCreditRequest, wakeCreditRequest } from './schema.js';

export const refuseCreditRequestOperation = defineOperation({
  id: 'refuseCreditRequest',
  method: 'post',
  path: '/v1/credit-requests/{id}/refuse',
  area: 'credit',
  summary: 'Refuse a credit request',
  description: 'No credit is granted. Also for a request of your own. `If-Match` is checked if sent.',
  scope: 'credit:write',
  request: { params: creditParams, body: z.strictObject({ reason }) },
  example: { reason: 'two invoices are overdue' },
  responses: { 200: { description: 'Refused', schema: creditRequestSchema } },
  problems: ['credit_request_closed', 'version_stale'],
  async handler({ params, body, caller, context, requester, ifMatch, log, scope }) {
    const row = await requireCreditRequest(scope, params.id);
    const ending = { status: 'refused', reason: body.reason, userId: userIdOf(caller) } as const;
    await endCreditRequest(requester, params.id, ending, (before) =>
      requireVersion(ifMatch, before.version, creditRequestJson(row)),
    );
    await wakeCreditRequest(context, log, params.id);
    const answer = creditRequestJson(await requireCreditRequest(scope, params.id));
    return ok(answer, { version: answer.version });
  },
});
