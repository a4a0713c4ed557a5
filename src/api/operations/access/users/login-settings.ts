import type { LoginSettings } from '../../../../storage/access/login-settings.js';
import { userRoles } from '../../../../domain/access/roles.js';
import { z } from '../../../contract/zod.js';

/** How users log in, as requests and responses write it. */
export const loginSettingsSchema = z
  .strictObject({
    secondFactorRoles: z.array(z.enum(userRoles)).openapi({
      description: 'Users of these roles cannot log in without an authenticator app; the next login sets it up',
      example: ['admin', 'credit_controller'],
    }),
    version: z.int(),
  })
  .openapi('LoginSettings');

export function loginSettingsJson({ secondFactorRoles, version }: LoginSettings): z.output<typeof loginSettingsSchema> {
  return { secondFactorRoles: userRoles.filter((role) => secondFactorRoles.includes(role)), version };
}
