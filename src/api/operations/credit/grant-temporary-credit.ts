import { DomainError } from '../../../domain/errors.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import { toSecond } from '../../../domain/monitoring/schedule.js';
import { findGrantRequest, type GrantedBefore } from '../../../storage/credit/temporary-credits-read.js';
import { created, ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { instant, line, money, reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { updateProblems } from '../monitoring/shared.js';
import { requireAccount } from '../ledger/shared.js';
import { capFor, creditParams, grantJson, grantRowJson, grantSchema, percent, shortPercent } from './shared.js';

const grantBody = z
  .strictObject({
    id: line(200).optional().openapi({ description: 'Your own id: sent again with the same body it answers the same' }),
    amount: money({ least: 'more_than_zero' }).optional(),
    percent: percent.optional(),
    from: instant.optional().openapi({ description: 'Default: now' }),
    validUntil: instant,
    reason,
  })
  .refine((body) => (body.amount === undefined) !== (body.percent === undefined), {
    error: 'give either amount or percent',
    path: ['amount'],
  });

type GrantBody = z.output<typeof grantBody>;

export const grantTemporaryCreditOperation = defineOperation({
  id: 'grantTemporaryCredit',
  method: 'post',
  path: '/v1/clients/{id}/temporary-credits',
  area: 'credit',
  summary: 'Lend a client credit for a while',
  description:
    'Beside the permanent limit, from one moment until another; it ends by itself. One at a time, for a client with a ' +
    'limit, within your own maximum (see `limits`). The client is told by mail, again before the end, and when it ends.',
  scope: 'credit:write',
  request: { params: creditParams, body: grantBody },
  example: { amount: '200.00', validUntil: '2026-03-05T18:00:00Z', reason: 'bank holiday' },
  responses: {
    201: { description: 'Lent, or scheduled', schema: grantSchema },
    200: { description: 'Lent before, under the same id', schema: grantSchema },
  },
  problems: [
    'client_deleted',
    'client_unlimited',
    'conflict',
    'credit_exists',
    'credit_above_maximum',
    'credit_limit_not_positive',
    'no_rate',
    ...updateProblems,
  ],
  async handler({ params, body, caller, context, dedupeId, updateId, now, scope }) {
    const account = await requireAccount({ scope, now }, params.id);
    const requestId = body.id === undefined ? dedupeId : `id:${body.id}`;
    const before = await scope.read((q) => findGrantRequest(q, params.id, requestId));
    if (before) {
      if (!sameRequest(body, before)) throw idTaken();
      return ok(grantRowJson(before.grant), { version: before.grant.version });
    }
    const asked = {
      requestId,
      ...(body.amount !== undefined && { amount: body.amount }),
      ...(body.percent !== undefined && { percent: body.percent }),
      ...(body.from !== undefined && { from: body.from.toISOString() }),
      validUntil: body.validUntil.toISOString(),
      reason: body.reason,
      cap: await capFor(scope, caller, account, now),
      actor: caller.actor,
    };
    const grant = await context.temporal.grantCredit(params.id, asked, updateId);
    return created(`/v1/temporary-credits/${grant.id}`, grantJson(grant), { version: grant.version });
  },
});

/** Whether a repeated id asks for what it asked for the first time; the grant itself may have been changed since. */
function sameRequest(body: GrantBody, { asked }: GrantedBefore): boolean {
  const until = toSecond(body.validUntil.getTime());
  if (Date.parse(asked.validUntil) !== until) return false;
  return body.percent === undefined
    ? asked.percent === null && formatMoney(moneyOf(asked.amount)) === body.amount
    : asked.percent !== null && shortPercent(asked.percent) === shortPercent(body.percent);
}

function idTaken(): DomainError {
  return new DomainError(
    'conflict',
    'this id was used for another temporary credit: repeat that one exactly as it was, or give this one an id of its own',
    '/id',
  );
}
