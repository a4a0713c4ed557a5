import { panelLinkKinds } from '../../../../domain/access/account-links.js';
import { findUsablePanelLink } from '../../../access/panel-logins.js';
import { ok } from '../../../contract/answers.js';
import { definePublicOperation } from '../../../contract/operation.js';
import { orNull, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { panelLinkToken } from './schema.js';

const linkSchema = z
  .strictObject({
    kind: z.enum(panelLinkKinds),
    clientName: z.string(),
    login: z.string().openapi({ description: 'To log in with' }),
    expiresAt: timeString,
    emailChange: orNull(z.strictObject({ oldEmail: z.string().nullable(), newEmail: z.string() })).openapi({
      description: 'What the link confirms; null: it sets a password',
    }),
  })
  .openapi('PanelLink');

export const readPanelLinkOperation = definePublicOperation({
  id: 'readPanelLink',
  method: 'post',
  path: '/v1/panel/links/read',
  area: 'panel',
  summary: 'Read what a link of the client panel does',
  description: 'A POST, so that the token is in no address and no log. The token is the permission to read it.',
  secretBody: true,
  request: { body: z.strictObject({ token: panelLinkToken }).openapi('PanelLinkToken') },
  example: { token: 'q'.repeat(43) },
  responses: { 200: { description: 'The link works', schema: linkSchema } },
  problems: ['link_unknown', 'link_used', 'link_expired'],
  async handler({ body, context, sender, requestId, now }) {
    const link = await findUsablePanelLink({ context, sender, requestId, now }, body.token);
    const { kind, clientName, login, expiresAt, oldEmail, newEmail } = link;
    return ok({
      kind,
      clientName,
      login,
      expiresAt: timeText(expiresAt),
      emailChange: newEmail === null ? null : { oldEmail, newEmail },
    });
  },
});
