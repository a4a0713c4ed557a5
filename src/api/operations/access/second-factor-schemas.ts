import { z } from '../../contract/zod.js';

/** What operations on authenticator apps have in common. */

export const code = z
  .string()
  .min(1)
  .max(40)
  .openapi({ description: 'Six digits of the authenticator app, or a recovery code', example: '492039' });

export const appSecretSchema = z
  .strictObject({
    secret: z.string().openapi({ description: 'To be typed into the app, in base32', example: 'JBSWY3DPEHPK3PXP' }),
    uri: z.string().openapi({
      description: 'The same for a QR code',
      example: 'otpauth://totp/Lowwater:anna%40operator.example?issuer=Lowwater&secret=JBSWY3DPEHPK3PXP',
    }),
  })
  .openapi('AuthenticatorSecret');

export const recoveryCodes = z
  .array(z.string())
  .openapi({ description: 'Shown once; each takes the place of a code, once', example: ['k3vh-8wqm-t2xd-5pzr'] });
