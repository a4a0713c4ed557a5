import { confirmBillingEmail } from '../../../../services/panel/confirm-billing-email.js';
import type { PanelLink } from '../../../../storage/panel/panel-links.js';
import { findUsablePanelLink, panelRequester, requireUsablePanelLink } from '../../../access/panel-logins.js';
import { ok } from '../../../contract/answers.js';
import { definePublicOperation } from '../../../contract/operation.js';
import { orNull } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { ApiProblem } from '../../../http/problem.js';
import { panelLinkToken } from './schema.js';

const confirmedSchema = z
  .strictObject({
    applied: z.boolean().openapi({ description: 'The new billing email counts' }),
    waitingFor: orNull(z.enum(['old', 'new'])).openapi({
      description: 'The address that has not confirmed yet; null: both have',
    }),
  })
  .openapi('BillingEmailConfirmed');

export const confirmBillingEmailOperation = definePublicOperation({
  id: 'confirmBillingEmail',
  method: 'post',
  path: '/v1/panel/billing-email-confirmations',
  area: 'panel',
  summary: 'Confirm a new billing email by a link',
  description: 'The new address counts once the old and the new one have confirmed it. Each link works once.',
  secretBody: true,
  request: { body: z.strictObject({ token: panelLinkToken }).openapi('BillingEmailConfirmation') },
  example: { token: 'q'.repeat(43) },
  responses: { 200: { description: 'Confirmed by this address', schema: confirmedSchema } },
  problems: ['link_unknown', 'link_used', 'link_expired', 'csrf_invalid', 'conflict'],
  async handler({ body, context, sender, requestId, now }) {
    const request = { context, sender, requestId, now };
    const link = requireForEmail(await findUsablePanelLink(request, body.token));
    const confirmed = await confirmBillingEmail(panelRequester(request, link), {
      ...body,
      requireUsable: (locked) => requireForEmail(requireUsablePanelLink(locked, now)),
    });
    return ok(confirmed);
  },
});

function requireForEmail(link: PanelLink): PanelLink {
  if (link.emailChangeId !== null) return link;
  throw new ApiProblem('link_unknown', 'this link sets a password: it confirms no billing email');
}
