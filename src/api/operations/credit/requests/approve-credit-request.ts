import { approveCreditRequest } from '../../../../services/credit/requests/approve-credit-request.js';
import { capFor } from '../../../../services/credit/cap-for.js';
import { userIdOf } from '../../../context.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { instant, money, reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireVersion } from '../../../http/if-match.js';
import { creditParams } from '../shared.js';
import { creditRequestJson, creditRequestSchema, requireCreditRequest, wakeCreditRequest } from './schema.js';

export const approveCreditRequestOperation = defineOperation({
  id: 'approveCreditRequest',
  method: 'post',
  path: '/v1/credit-requests/{id}/approve',
  area: 'credit',
  summary: 'Approve a credit request',
  description:
    'All of it, a smaller amount, or an earlier end, within your own maximum. Not your own request. The credit is ' +
    'granted within seconds: the status is `approved` until then. If the client has received another temporary ' +
    'credit since, the request is refused, and the response says why. `If-Match` is checked if sent.',
  scope: 'credit:write',
  request: {
    params: creditParams,
    body: z.strictObject({
      amount: money({ least: 'more_than_zero' }).optional().openapi({ description: 'Default: as requested' }),
      validUntil: instant.optional().openapi({ description: 'Default: as requested' }),
      reason: reason.optional(),
    }),
  },
  example: { amount: '300.00', reason: 'as agreed with sales' },
  responses: { 200: { description: 'Decided', schema: creditRequestSchema } },
  problems: [
    'client_deleted',
    'client_unlimited',
    'client_prepaid',
    'credit_above_maximum',
    'credit_request_closed',
    'currency_mismatch',
    'no_rate',
    'self_approval',
    'version_stale',
  ],
  async handler({ params, body, caller, context, requester, ifMatch, log, now, scope }) {
    const row = await requireCreditRequest(scope, params.id);
    const cap = row.kind === 'temporary' ? await capFor(scope, caller, row, now) : {};
    const approval = {
      ...(body.amount !== undefined && { amount: body.amount }),
      ...(body.validUntil && { untilMs: body.validUntil.getTime() }),
      reason: body.reason ?? null,
    };
    const { status } = await approveCreditRequest(
      requester,
      params.id,
      approval,
      { cap, userId: userIdOf(caller) },
      (before) => requireVersion(ifMatch, before.version, creditRequestJson(row)),
    );
    if (status === 'approved') await wakeCreditRequest(context, log, params.id);
    const answer = creditRequestJson(await requireCreditRequest(scope, params.id));
    return ok(answer, { version: answer.version });
  },
});
