import { assignProfile as assign } from '../../../storage/profile-assign.js';
import { findProfile, lockProfile } from '../../../storage/profiles.js';
import { inTransaction } from '../../../storage/transaction.js';
import { ok } from '../../answers.js';
import { defineOperation } from '../../operation.js';
import { idText, reason, reference } from '../../schemas.js';
import { z } from '../../zod.js';
import { existing, profileParams } from './read.js';

const assignmentBody = z
  .strictObject({
    clientIds: z.array(reference).min(1).max(1000).optional(),
    fromProfileId: reference
      .optional()
      .openapi({ description: 'Instead of ids: all clients that have this profile now' }),
    reason: reason.optional(),
  })
  .superRefine(({ clientIds, fromProfileId }, ctx) => {
    if ((clientIds === undefined) === (fromProfileId === undefined)) {
      ctx.addIssue({
        code: 'custom',
        path: ['clientIds'],
        message: 'give either `clientIds` or `fromProfileId`',
        input: clientIds,
      });
    }
  })
  .openapi('ProfileAssignmentInput');

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
  description:
    'All of them or none: by id, or with `fromProfileId` all that have another profile, so that it can be deleted. To take a profile away, PATCH the client with `profileId: null`.',
  scope: 'clients:write',
  request: {
    params: profileParams,
    body: assignmentBody,
  },
  example: { clientIds: ['13', '14'], reason: 'new contract' },
  responses: { 200: { description: 'How many clients it concerned', schema: assignmentSchema } },
  problems: ['conflict', 'client_deleted'],
  async handler({ params, body, caller, context }) {
    const result = await inTransaction(context.sql, async (tx) => {
      const profile = existing(await lockProfile(tx, caller.resellerId, params.id), params.id);
      const change = { actor: caller.actor, reason: body.reason ?? null };
      if (body.fromProfileId === undefined) {
        return assign(tx, caller.resellerId, profile, { clientIds: body.clientIds ?? [] }, change);
      }
      const { id } = existing(
        await findProfile(tx, caller.resellerId, body.fromProfileId),
        body.fromProfileId,
        '/fromProfileId',
      );
      return assign(tx, caller.resellerId, profile, { fromProfileId: id }, change);
    });
    return ok({ profileId: params.id, ...result });
  },
});
