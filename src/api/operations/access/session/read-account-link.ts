import { accountLinkKinds } from '../../../../domain/access/account-links.js';
import { findUsableLink } from '../../../access/account-links.js';
import { ok } from '../../../contract/answers.js';
import { definePublicOperation } from '../../../contract/operation.js';
import { timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { linkToken } from './schema.js';

const linkSchema = z
  .strictObject({
    kind: z.enum(accountLinkKinds),
    email: z.string().openapi({ description: 'Whose password the link sets' }),
    name: z.string(),
    expiresAt: timeString,
  })
  .openapi('AccountLink');

export const readAccountLinkOperation = definePublicOperation({
  id: 'readAccountLink',
  method: 'post',
  path: '/v1/account-links/read',
  area: 'session',
  summary: 'Read whose password a link sets',
  description: 'A POST, so that the token is in no address and no log. The token is the permission to read it.',
  secretBody: true,
  request: { body: z.strictObject({ token: linkToken }).openapi('AccountLinkToken') },
  example: { token: 'q'.repeat(43) },
  responses: { 200: { description: 'The link works', schema: linkSchema } },
  problems: ['link_unknown', 'link_used', 'link_expired'],
  async handler({ body, context, now }) {
    const { kind, email, name, expiresAt } = await findUsableLink(context, body.token, now);
    return ok({ kind, email, name, expiresAt: timeText(expiresAt) });
  },
});
