import { assignProfile } from '../../../services/profiles/assign-profile.js';
import { ok } from '../../contract/answers.js';
import { confirmNotifications, requireConfirmation } from '../../contract/confirm-notifications.js';
import { defineOperation } from '../../contract/operation.js';
import { idText, reason, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { profileParams } from './read-profile.js';

const assignmentBody = z
  .strictObject({
    clientIds: z.array(reference).min(1).max(1000).optional(),
    fromProfileId: reference
      .optional()
      .openapi({ description: 'Instead of ids: all clients that now have this profile' }),
    reason: reason.optional(),
    confirmNotifications,
  })
  .superRefine(({ clientIds, fromProfileId }, ctx) => {
    if ((clientIds === undefined) === (fromProfileId === undefined)) {
      ctx.addIssue({
        code: 'custom',
        path: ['clientIds'],
        message: 'must have either `clientIds` or `fromProfileId`',
        input: clientIds,
      });
    }
  })
  .openapi('ProfileAssignmentInput');

const assignmentSchema = z
  .strictObject({
    profileId: idText,
    assigned: z.int().openapi({ description: 'Clients that did not have the profile before' }),
    unchanged: z.int().openapi({ description: 'Clients that already had it' }),
  })
  .openapi('ProfileAssignment');

export const assignProfileOperation = defineOperation({
  id: 'assignProfile',
  method: 'post',
  path: '/v1/profiles/{id}/assign',
  area: 'profiles',
  summary: 'Assign a profile to clients',
  description:
    'All of them or none: by id, or with `fromProfileId` all that have another profile, so that it can be deleted. ' +
    'Counters of rules with the same key are kept. An assignment that newly notifies more than 100 clients needs ' +
    '`confirmNotifications`. To remove a profile, PATCH the client with `profileId: null`.',
  scope: 'clients:write',
  request: {
    params: profileParams,
    body: assignmentBody,
  },
  example: { clientIds: ['13', '14'], reason: 'new contract' },
  responses: { 200: { description: 'Number of clients', schema: assignmentSchema } },
  problems: ['conflict', 'client_deleted', 'confirmation_required'],
  async handler({ params, body, requester, now }) {
    const { clientIds, fromProfileId } = body;
    const clients = fromProfileId === undefined ? { clientIds: clientIds ?? [] } : { fromProfileId };
    const result = await assignProfile(requester, params.id, clients, {
      reason: body.reason ?? null,
      confirm: requireConfirmation(body.confirmNotifications, now),
    });
    return ok({ profileId: params.id, ...result });
  },
});
