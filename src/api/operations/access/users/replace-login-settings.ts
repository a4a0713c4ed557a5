import { changeLoginSettings } from '../../../../services/access/change-login-settings.js';
import type { LoginSettings } from '../../../../storage/access/login-settings.js';
import { userRoles } from '../../../../domain/access/roles.js';
import { appSealerOf } from '../../../access/sealer.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireVersion } from '../../../http/if-match.js';
import { loginSettingsJson, loginSettingsSchema } from './login-settings.js';

export const replaceLoginSettingsOperation = defineOperation({
  id: 'replaceLoginSettings',
  method: 'put',
  path: '/v1/login-settings',
  area: 'users',
  summary: 'Change how users log in',
  description:
    'Holds for all resellers, from the next login: sessions continue. A user whose role needs an authenticator app and who has none sets it up at the login, before anything else.',
  scope: 'users:write',
  operatorOnly: true,
  needsIfMatch: true,
  request: {
    body: z
      .strictObject({ secondFactorRoles: z.array(z.enum(userRoles)).max(userRoles.length), reason: reason.optional() })
      .openapi('LoginSettingsInput'),
  },
  example: { secondFactorRoles: ['admin', 'credit_controller'] },
  responses: { 200: { description: 'As they are now', schema: loginSettingsSchema } },
  problems: ['not_configured'],
  async handler({ body, context, requester, ifMatch }) {
    // Without it, no app could be set up, and users with these roles could not log in.
    if (body.secondFactorRoles.length > 0) appSealerOf(context);
    const precondition = (before: LoginSettings): void =>
      requireVersion(ifMatch, before.version, loginSettingsJson(before));
    const after = await changeLoginSettings(requester, body.secondFactorRoles, precondition, body.reason ?? null);
    return ok(loginSettingsJson(after), { version: after.version });
  },
});
