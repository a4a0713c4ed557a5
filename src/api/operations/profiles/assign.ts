import { assignProfile as assign } from '../../../storage/profile-writes.js';
import { lockProfile } from '../../../storage/profiles.js';
import { inTransaction } from '../../../storage/transaction.js';
import { ok } from '../../answers.js';
import { defineOperation } from '../../operation.js';
import { idText, reason, reference } from '../../schemas.js';
import { z } from '../../zod.js';
import { existing, profileParams } from './read.js';

const assignmentSchema = z
  .strictObject({
    profileId: idText,
    assigned: z.int().openapi({ description: 'Clients that have it now and did not before' }),
    unchanged: z.int().openapi({ description: 'Clients that had it already' }),
  })
  .openapi('ProfileAssignment');

export const assignProfile = defineOperation({
  id: 'assignProfile',
  method: 'post',
  path: '/v1/profiles/{id}/assign',
  area: 'profiles',
  summary: 'Give clients this profile',
  description: 'All of them or none. To take a profile away, PATCH the client with `profileId: null`.',
  scope: 'clients:write',
  request: {
    params: profileParams,
    body: z.strictObject({ clientIds: z.array(reference).min(1).max(1000), reason: reason.optional() }),
  },
  example: { clientIds: ['13', '14'], reason: 'new contract' },
  responses: { 200: { description: 'How many clients it concerned', schema: assignmentSchema } },
  problems: ['conflict', 'client_deleted'],
  async handler({ params, body, caller, context }) {
    const result = await inTransaction(context.sql, async (tx) => {
      const profile = existing(await lockProfile(tx, caller.resellerId, params.id), params.id);
      const change = { actor: caller.actor, reason: body.reason ?? null };
      return assign(tx, caller.resellerId, profile, body.clientIds, change);
    });
    return ok({ profileId: params.id, ...result });
  },
});
