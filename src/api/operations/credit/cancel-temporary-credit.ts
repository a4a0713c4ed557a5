import { isGrantRequestDone } from '../../../storage/credit/temporary-credits-read.js';
import { ok } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { updateProblems } from '../monitoring/shared.js';
import { creditParams, grantItemJson, grantJson, grantRowJson, grantSchema, requireGrant } from './shared.js';

export const cancelTemporaryCreditOperation = defineOperation({
  id: 'cancelTemporaryCredit',
  method: 'post',
  path: '/v1/temporary-credits/{id}/cancel',
  area: 'credit',
  summary: 'Cancel temporary credit',
  description: 'Before its start or while it is active. `If-Match` is checked if sent.',
  scope: 'credit:write',
  request: { params: creditParams, body: z.strictObject({ reason }) },
  example: { reason: 'paid in full' },
  responses: { 200: { description: 'Canceled', schema: grantSchema } },
  problems: ['conflict', 'credit_not_open', 'version_stale', ...updateProblems],
  async handler({ params, body, caller, context, dedupeId, updateId, ifMatch, scope }) {
    const row = await requireGrant(scope, params.id);
    if (await scope.read((q) => isGrantRequestDone(q, row.id, 'cancelled', dedupeId))) {
      return ok(grantRowJson(row), { version: row.version });
    }
    requireVersion(ifMatch, row.version, grantItemJson(row));
    const asked = {
      requestId: dedupeId,
      grantId: row.id,
      ...(ifMatch?.any === false && { ifVersion: row.version }),
      reason: body.reason,
      actor: caller.actor,
    };
    const grant = await context.temporal.cancelGrant(row.clientId, asked, updateId);
    return ok(grantJson(grant), { version: grant.version });
  },
});
