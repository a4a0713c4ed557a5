import { useAccountLink } from '../../../../services/access/account-links/use-account-link.js';
import { findUsableLink, requireUsableLink } from '../../../access/account-links.js';
import { requesterOf } from '../../../access/logins.js';
import { ok } from '../../../contract/answers.js';
import { definePublicOperation } from '../../../contract/operation.js';
import { newPassword } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { linkToken } from './schema.js';

const answer = z
  .strictObject({ email: z.string().openapi({ description: 'To log in with' }) })
  .openapi('AccountLinkUsed');

export const useAccountLinkOperation = definePublicOperation({
  id: 'useAccountLink',
  method: 'post',
  path: '/v1/account-links/use',
  area: 'session',
  summary: 'Set the password by a link',
  description:
    'Works once, and logs the user out everywhere. It is no login: a second step stays. A password that is refused leaves the link usable.',
  secretBody: true,
  request: { body: z.strictObject({ token: linkToken, password: newPassword }).openapi('AccountLinkUse') },
  example: { token: 'q'.repeat(43), password: 'correct horse battery staple' },
  responses: { 200: { description: 'The password is set', schema: answer } },
  problems: ['link_unknown', 'link_used', 'link_expired', 'csrf_invalid'],
  async handler({ body, context, sender, requestId, now }) {
    const link = await findUsableLink(context, body.token, now);
    const user = { id: link.userId, resellerId: link.resellerId };
    const requester = requesterOf({ context, sender, requestId, now }, user);
    await useAccountLink(requester, link, { ...body, requireUsable: (locked) => requireUsableLink(locked, now) });
    return ok({ email: link.email });
  },
});
