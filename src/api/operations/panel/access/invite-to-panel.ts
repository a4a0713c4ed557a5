import { inviteToPanel } from '../../../../services/panel/invite-to-panel.js';
import { requirePublicUrl } from '../../../access/account-links.js';
import { accepted } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { pathId, reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

export const inviteToPanelOperation = defineOperation({
  id: 'inviteToPanel',
  method: 'post',
  path: '/v1/clients/{id}/panel/invitation',
  area: 'panel',
  summary: 'Email the billing address a link that sets the panel’s password',
  description: 'The link works once, for 7 days. The link of an earlier invitation stops working.',
  scope: 'clients:write',
  request: {
    params: z.strictObject({ id: pathId }),
    body: z.strictObject({ reason: reason.optional() }).openapi('PanelInvitation'),
  },
  example: {},
  responses: {
    202: {
      description: 'The email is on its way',
      schema: z.strictObject({ email: z.string().openapi({ description: 'The billing email' }) }),
    },
  },
  problems: ['conflict', 'client_deleted', 'not_configured'],
  async handler({ params, body, context, requester }) {
    requirePublicUrl(context);
    return accepted({ email: await inviteToPanel(requester, params.id, body.reason ?? null) });
  },
});
