import { DomainError } from '../../../../domain/errors.js';
import { findClient } from '../../../../storage/clients/clients.js';
import { readPanelAccess } from '../../../../storage/panel/panel-logins.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { orNull, pathId, timeOrNull, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

const accessSchema = z
  .strictObject({
    enabled: z.boolean(),
    login: z.string().nullable(),
    passwordSetAt: timeString.nullable().openapi({ description: 'null: no password is set' }),
    lastLoginAt: timeString.nullable(),
    sessions: z.int().openapi({ description: 'Sessions of panel users now' }),
    invitation: orNull(
      z.strictObject({
        status: z.enum(['pending', 'accepted', 'uncertain', 'failed']).openapi({ description: 'Of its email' }),
        sentAt: timeString.openapi({ description: 'When it was requested' }),
        expiresAt: timeString.nullable().openapi({ description: 'null: its email was not sent yet' }),
      }),
    ).openapi({ description: 'The newest that was not used; null: there is none' }),
  })
  .openapi('PanelAccess');

export const readPanelAccessOperation = defineOperation({
  id: 'readPanelAccess',
  method: 'get',
  path: '/v1/clients/{id}/panel',
  area: 'panel',
  summary: 'Get a client’s access to the client panel',
  description: 'The switch and the login are the client fields `clientPanel` and `panelLogin`.',
  scope: 'clients:read',
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 200: { description: 'The access', schema: accessSchema } },
  async handler({ params, scope, now }) {
    const { client, access } = await scope.read(async (q) => {
      const row = await findClient(q, scope.resellerId, params.id, now);
      if (!row) throw new DomainError('not_found', `there is no client ${params.id}`, '/path/id');
      return { client: row, access: await readPanelAccess(q, row.id) };
    });
    const { invitationStatus: status, invitedAt, invitationExpiresAt } = access;
    return ok({
      enabled: client.clientPanel,
      login: client.panelLogin,
      passwordSetAt: timeOrNull(access.passwordSetAt),
      lastLoginAt: timeOrNull(access.lastLoginAt),
      sessions: access.sessions,
      invitation:
        status === null || invitedAt === null
          ? null
          : { status, sentAt: timeText(invitedAt), expiresAt: timeOrNull(invitationExpiresAt) },
    });
  },
});
