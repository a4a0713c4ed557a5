import { ok } from '../../answers.js';
import { requireVersion } from '../../if-match.js';
import { defineOperation } from '../../operation.js';
import { reason } from '../../schemas.js';
import { z } from '../../zod.js';
import { creditParams, grantItemJson, grantJson, grantSchema, requireGrant } from './shared.js';

export const cancelTemporaryCredit = defineOperation({
  id: 'cancelTemporaryCredit',
  method: 'post',
  path: '/v1/temporary-credits/{id}/cancel',
  area: 'credit',
  summary: 'Take lent credit back now',
  description: 'Or call off one that has not begun. `If-Match` is heeded where it is sent.',
  scope: 'credit:write',
  request: { params: creditParams, body: z.strictObject({ reason }) },
  example: { reason: 'paid in full' },
  responses: { 200: { description: 'Ended', schema: grantSchema } },
  problems: ['conflict', 'credit_not_open', 'version_stale', 'temporal_unavailable'],
  async handler({ params, body, caller, context, dedupeId, ifMatch }) {
    const row = await requireGrant(context, caller, params.id);
    requireVersion(ifMatch, row.version, grantItemJson(row));
    const grant = await context.temporal.cancelGrant(row.clientId, {
      requestId: dedupeId,
      grantId: row.id,
      ...(ifMatch?.any === false && { ifVersion: row.version }),
      reason: body.reason,
      actor: caller.actor,
    });
    return ok(grantJson(grant), { version: grant.version });
  },
});
