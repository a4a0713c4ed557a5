import type { Sql } from '../../../storage/system/database.js';
import { assignProfile, requireAssignable, type Assignees } from '../../../storage/profiles/profile-assign.js';
import { findProfile, lockProfile, readProfilesById, type ProfileRow } from '../../../storage/profiles/profiles.js';
import { inTransaction } from '../../../storage/system/transaction.js';
import { ok } from '../../contract/answers.js';
import { confirmNotifications } from '../../contract/confirm-notifications.js';
import { defineOperation } from '../../contract/operation.js';
import { idText, reason, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireConfirmedChange, type PlannedChange } from './impact.js';
import { existing, profileParams } from './read-profile.js';
import { readyProfiles } from './ready-profiles.js';

const assignmentBody = z
  .strictObject({
    clientIds: z.array(reference).min(1).max(1000).optional(),
    fromProfileId: reference
      .optional()
      .openapi({ description: 'Instead of ids: all clients that have this profile now' }),
    reason: reason.optional(),
    confirmNotifications,
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
  async handler({ params, body, caller, context, now }) {
    const { sql } = context;
    const { resellerId } = caller;
    const read = existing(await findProfile(sql, resellerId, params.id), params.id);
    const assignees = await assigneesOf(sql, resellerId, body);
    const asked = { confirmNotifications: body.confirmNotifications, now };
    await requireConfirmedAssignment(sql, resellerId, read, assignees, asked);
    const change = { actor: caller.actor, reason: body.reason ?? null };
    const result = await inTransaction(sql, async (tx) => {
      const profile = existing(await lockProfile(tx, resellerId, params.id), params.id);
      return assignProfile(tx, resellerId, profile, assignees, change);
    });
    return ok({ profileId: params.id, ...result });
  },
});

async function assigneesOf(
  sql: Sql,
  withinId: string,
  { clientIds, fromProfileId }: z.output<typeof assignmentBody>,
): Promise<Assignees> {
  if (fromProfileId === undefined) return { clientIds: clientIds ?? [] };
  const from = existing(await findProfile(sql, withinId, fromProfileId), fromProfileId, '/fromProfileId');
  return { fromProfileId: from.id };
}

/** Compares every client under its profile of now and under the new one. */
async function requireConfirmedAssignment(
  sql: Sql,
  withinId: string,
  profile: ProfileRow,
  assignees: Assignees,
  asked: { readonly confirmNotifications: number | undefined; readonly now: number },
): Promise<void> {
  const selection = 'clientIds' in assignees ? assignees : { profileId: assignees.fromProfileId };
  const plan = async (): Promise<Omit<PlannedChange, 'selection'>> => {
    const usedIds = await requireAssignable(sql, withinId, profile, assignees);
    const used = await readProfilesById(sql, usedIds);
    const ready = await readyProfiles(sql, [profile, ...used], asked.now);
    const after = ready.get(profile.id) ?? null;
    return { before: ({ profileId }) => ready.get(profileId ?? '') ?? null, after: () => after };
  };
  await requireConfirmedChange(sql, withinId, selection, plan, asked);
}
