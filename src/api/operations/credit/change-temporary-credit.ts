import { sentFields } from '../../../domain/patch.js';
import { isGrantRequestDone } from '../../../storage/credit/temporary-credits-read.js';
import { capFor } from '../../../services/credit/cap-for.js';
import { ok } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { instant, reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { updateProblems } from '../monitoring/shared.js';
import {
  creditParams,
  grantItemJson,
  grantJson,
  grantRowJson,
  grantSchema,
  increaseAmount,
  percent,
  requireGrant,
} from './shared.js';

const changeBody = z
  .strictObject({
    amount: increaseAmount.optional(),
    percent: percent.optional(),
    validUntil: instant.optional(),
    reason,
  })
  .refine((body) => body.amount === undefined || body.percent === undefined, {
    error: 'must not be combined with percent: send one of them',
    path: ['amount'],
  })
  .refine((body) => body.amount !== undefined || body.percent !== undefined || body.validUntil !== undefined, {
    error: 'must contain a change: amount, percent, or validUntil',
    path: [],
  });

export const changeTemporaryCreditOperation = defineOperation({
  id: 'changeTemporaryCredit',
  method: 'patch',
  path: '/v1/temporary-credits/{id}',
  area: 'credit',
  summary: 'Change a temporary credit',
  description: 'Its amount or its end, while it is scheduled or active, within your own maximum.',
  scope: 'credit:write',
  needsIfMatch: true,
  takesKey: true,
  request: { params: creditParams, body: changeBody },
  example: { validUntil: '2026-03-07T18:00:00Z', reason: 'the transfer is late' },
  responses: { 200: { description: 'Changed', schema: grantSchema } },
  problems: [
    'conflict',
    'credit_not_open',
    'credit_above_maximum',
    'credit_limit_not_positive',
    'client_prepaid',
    'no_rate',
    ...updateProblems,
  ],
  async handler({ params, body, caller, context, dedupeId, updateId, ifMatch, now, scope }) {
    const row = await requireGrant(scope, params.id);
    if (await scope.read((q) => isGrantRequestDone(q, row.id, 'changed', dedupeId))) {
      return ok(grantRowJson(row), { version: row.version });
    }
    requireVersion(ifMatch, row.version, grantItemJson(row));
    const asked = {
      ...sentFields({ ...body, validUntil: body.validUntil?.toISOString() }),
      ...(ifMatch?.any === false && { ifVersion: row.version }),
      requestId: dedupeId,
      grantId: row.id,
      cap: await capFor(scope, caller, row, now),
      actor: caller.actor,
    };
    const grant = await context.temporal.changeGrant(row.clientId, asked, updateId);
    return ok(grantJson(grant), { version: grant.version });
  },
});
