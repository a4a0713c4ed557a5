import { usePanelLink } from '../../../../services/panel/use-panel-link.js';
import { findUsablePanelLink, panelRequester, requireUsablePanelLink } from '../../../access/panel-logins.js';
import { ok } from '../../../contract/answers.js';
import { definePublicOperation } from '../../../contract/operation.js';
import { newPassword } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { ApiProblem } from '../../../http/problem.js';
import type { PanelLink } from '../../../../storage/panel/panel-links.js';
import { panelLinkToken } from './schema.js';

export const usePanelLinkOperation = definePublicOperation({
  id: 'usePanelLink',
  method: 'post',
  path: '/v1/panel/links/use',
  area: 'panel',
  summary: 'Set the password of the client panel by a link',
  description: 'Works once, and logs panel users out everywhere. A password that is refused leaves the link usable.',
  secretBody: true,
  request: { body: z.strictObject({ token: panelLinkToken, password: newPassword }).openapi('PanelLinkUse') },
  example: { token: 'q'.repeat(43), password: 'correct horse battery staple' },
  responses: {
    200: {
      description: 'The password is set',
      schema: z.strictObject({ login: z.string().openapi({ description: 'To log in with' }) }).openapi('PanelLinkUsed'),
    },
  },
  problems: ['link_unknown', 'link_used', 'link_expired', 'csrf_invalid'],
  async handler({ body, context, sender, requestId, now }) {
    const request = { context, sender, requestId, now };
    const link = requireForPassword(await findUsablePanelLink(request, body.token));
    await usePanelLink(panelRequester(request, link), link, {
      ...body,
      requireUsable: (locked) => requireForPassword(requireUsablePanelLink(locked, now)),
    });
    return ok({ login: link.login });
  },
});

function requireForPassword(link: PanelLink): PanelLink {
  if (link.emailChangeId === null) return link;
  throw new ApiProblem('link_unknown', 'this link confirms a billing email: it sets no password');
}
