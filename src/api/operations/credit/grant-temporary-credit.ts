import { DomainError } from '../../../domain/errors.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import { sentFields } from '../../../domain/patch.js';
import { toSecond } from '../../../domain/monitoring/schedule.js';
import { findGrantRequest, type GrantedBefore } from '../../../storage/credit/temporary-credits-read.js';
import { capFor } from '../../../services/credit/cap-for.js';
import { created, ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { instant, reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { updateProblems } from '../monitoring/shared.js';
import { requireAccount } from '../ledger/shared.js';
import { creditParams, grantJson, grantRowJson, grantSchema, increaseFields, shortPercent } from './shared.js';

const grantBody = z
  .strictObject({
    ...increaseFields,
    from: instant.optional().openapi({ description: 'Default: now' }),
    validUntil: instant,
    reason,
  })
  .refine((body) => (body.amount === undefined) !== (body.percent === undefined), {
    error: 'must be sent as either amount or percent',
    path: ['amount'],
  });

type GrantBody = z.output<typeof grantBody>;

export const grantTemporaryCreditOperation = defineOperation({
  id: 'grantTemporaryCredit',
  method: 'post',
  path: '/v1/clients/{id}/temporary-credits',
  area: 'credit',
  summary: 'Grant temporary credit',
  description:
    'Raises the credit limit from `validFrom` until `validUntil`, then reverts automatically. One at a time, for ' +
    'a client with a credit limit, within your own maximum (see `limits`); above it, request approval (`credit-requests`). The client is notified when it ' +
    'starts, before it ends, and when it ends.',
  scope: 'credit:write',
  request: { params: creditParams, body: grantBody },
  example: { amount: '200.00', validUntil: '2026-03-05T18:00:00Z', reason: 'bank holiday' },
  responses: {
    201: { description: 'Granted: active or scheduled', schema: grantSchema },
    200: { description: 'Already granted under this id', schema: grantSchema },
  },
  problems: [
    'client_deleted',
    'client_unlimited',
    'client_prepaid',
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
    const { id: _id, ...fields } = body;
    const asked = {
      ...sentFields({ ...fields, from: body.from?.toISOString(), validUntil: body.validUntil.toISOString() }),
      requestId,
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
    'this id was used for another temporary credit: repeat that request unchanged, or choose another id',
    '/id',
  );
}
