import { capFor } from '../../../../services/credit/cap-for.js';
import { createCreditRequest, type AskedCredit } from '../../../../services/credit/requests/create-credit-request.js';
import { DomainError } from '../../../../domain/errors.js';
import { formatMoney, moneyOf } from '../../../../domain/money.js';
import { toSecond } from '../../../../domain/monitoring/schedule.js';
import type { CreditRequestRow } from '../../../../storage/credit/credit-requests.js';
import { userIdOf } from '../../../context.js';
import { created, ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { instant, reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireAccount } from '../../ledger/shared.js';
import { creditParams, increaseAmount, increaseFields, shortPercent } from '../shared.js';
import { creditRequestJson, creditRequestSchema, requireCreditRequest, wakeCreditRequest } from './schema.js';

const requestBody = z
  .strictObject({
    ...increaseFields,
    creditLimit: increaseAmount
      .optional()
      .openapi({ description: 'A new permanent credit limit, in place of `amount`, `percent`, and `validUntil`' }),
    from: instant.optional().openapi({ description: 'Default: the approval' }),
    validUntil: instant.optional(),
    reason,
  })
  .refine((body) => [body.amount, body.percent, body.creditLimit].filter((value) => value !== undefined).length === 1, {
    error: 'must be sent as one of amount, percent, and creditLimit',
    path: ['amount'],
  })
  .refine((body) => (body.creditLimit === undefined) === (body.validUntil !== undefined), {
    error: 'must be sent with amount or percent, and not with creditLimit',
    path: ['validUntil'],
  })
  .refine((body) => body.creditLimit === undefined || body.from === undefined, {
    error: 'must not be sent with creditLimit',
    path: ['from'],
  });

type RequestBody = z.output<typeof requestBody>;

export const createCreditRequestOperation = defineOperation({
  id: 'createCreditRequest',
  method: 'post',
  path: '/v1/clients/{id}/credit-requests',
  area: 'credit',
  summary: 'Request credit above your maximum',
  description:
    'Temporary credit, or a permanent credit limit. Another user whose maximum covers it approves, reduces, or refuses ' +
    'it. It expires after `creditRequestHours` (see `/v1/settings`), and when the credit would have ended.',
  scope: 'credit:write',
  request: { params: creditParams, body: requestBody },
  example: { amount: '500.00', validUntil: '2026-03-05T18:00:00Z', reason: 'bank holiday' },
  responses: {
    201: { description: 'Requested', schema: creditRequestSchema },
    200: { description: 'Already requested under this id', schema: creditRequestSchema },
  },
  problems: [
    'client_deleted',
    'client_unlimited',
    'client_prepaid',
    'conflict',
    'credit_exists',
    'credit_request_exists',
    'credit_limit_not_positive',
    'no_rate',
  ],
  async handler({ params, body, caller, context, requester, dedupeId, log, now, scope }) {
    const account = await requireAccount({ scope, now }, params.id);
    const requestId = body.id === undefined ? dedupeId : `id:${body.id}`;
    const cap = body.creditLimit === undefined ? await capFor(scope, caller, account, now) : {};
    const wanted = { cap, userId: userIdOf(caller) };
    const { row, replayed } = await createCreditRequest(requester, params.id, askedOf(body, requestId), wanted);
    if (replayed && !isSame(body, row)) {
      throw new DomainError(
        'conflict',
        'this id was used for another credit request: repeat that request unchanged, or choose another id',
        '/id',
      );
    }
    const answer = creditRequestJson(await requireCreditRequest(scope, row.id));
    if (replayed) return ok(answer, { version: answer.version });
    await wakeCreditRequest(context, log, row.id);
    return created(`/v1/credit-requests/${row.id}`, answer, { version: answer.version });
  },
});

function askedOf(
  { amount, percent: share, creditLimit, from, validUntil, reason: why }: RequestBody,
  requestId: string,
): AskedCredit {
  if (creditLimit !== undefined) return { kind: 'permanent', requestId, reason: why, creditLimit };
  return {
    kind: 'temporary',
    requestId,
    reason: why,
    ...(amount !== undefined && { amount }),
    ...(share !== undefined && { percent: share }),
    fromMs: from ? toSecond(from.getTime()) : null,
    // The schema requires it with an increase.
    untilMs: toSecond(validUntil?.getTime() ?? 0),
  };
}

/** Whether a repeated id asks for what it asked for the first time. */
function isSame({ amount, percent: share, creditLimit, validUntil }: RequestBody, row: CreditRequestRow): boolean {
  const until = validUntil ? toSecond(validUntil.getTime()) : null;
  if ((row.validUntil?.getTime() ?? null) !== until) return false;
  if (row.percent !== null || share !== undefined) {
    return row.percent !== null && share !== undefined && shortPercent(row.percent) === shortPercent(share);
  }
  const isLimit = creditLimit !== undefined;
  return (row.kind === 'permanent') === isLimit && formatMoney(moneyOf(row.amount)) === (creditLimit ?? amount);
}
