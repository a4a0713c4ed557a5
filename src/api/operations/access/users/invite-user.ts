import { sendInvitation } from '../../../../services/access/account-links/send-invitation.js';
import type { UserRow } from '../../../../storage/access/users.js';
import { requirePublicUrl } from '../../../access/account-links.js';
import { accepted } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireNotAbove } from './rights.js';
import { userJson, userParams, userSchema } from './schema.js';

export const inviteUserOperation = defineOperation({
  id: 'inviteUser',
  method: 'post',
  path: '/v1/users/{id}/invite',
  area: 'users',
  summary: 'Email a user a link to set the first password',
  description:
    'The link works once, within 7 days. The link of an earlier invitation stops working. `invitation` of the user shows the outcome of the email.',
  scope: 'users:write',
  request: { params: userParams, body: z.strictObject({ reason: reason.optional() }).openapi('Invitation').optional() },
  example: {},
  responses: { 202: { description: 'The user; the email is sent within seconds', schema: userSchema } },
  problems: ['conflict', 'credit_above_maximum', 'not_configured'],
  async handler({ params, body, caller, context, requester }) {
    requirePublicUrl(context);
    const precondition = (user: UserRow): void => requireNotAbove(caller, user);
    const row = await sendInvitation(requester, params.id, precondition, body?.reason ?? null);
    return accepted(userJson(row), { version: row.version });
  },
});
