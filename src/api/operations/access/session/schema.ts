import type { LoggedIn } from '../../../access/logins.js';
import { sessionCookie } from '../../../access/session-cookie.js';
import type { ApiContext, UserCaller } from '../../../context.js';
import type { Operation } from '../../../contract/operation.js';
import { timeString, timeText } from '../../../contract/schemas.js';
import { sessionLimits, type Sender } from '../../../http/sender.js';
import { z } from '../../../contract/zod.js';
import { meJson, meSchema } from '../me/schema.js';

export const sessionSchema = z
  .strictObject({
    user: meSchema,
    csrfToken: z.string().openapi({ description: 'Send it as X-CSRF-Token with every change' }),
    expiresAt: timeString.openapi({ description: 'When the session ends if it is not used' }),
    isSingleSignOn: z.boolean().openapi({ description: 'It began at the OpenID Connect provider' }),
  })
  .openapi('Session');

export const challengeSchema = z
  .strictObject({
    challenge: z.string().openapi({ description: 'To be sent with the second step' }),
    step: z.enum(['code', 'enrollment']).openapi({
      description:
        '`code`: of the user’s authenticator app, or a recovery code. `enrollment`: the role needs an app, and none is set up',
    }),
    expiresAt: timeString.openapi({ description: 'Until when the second step is taken' }),
  })
  .openapi('LoginChallenge');

export const challengeToken = z
  .string()
  .min(1)
  .max(100)
  .openapi({ description: 'The `challenge` that POST /v1/session answered', example: 'x'.repeat(43) });

/** The session as an answer, with its cookie. */
export function cookieOf(
  { token }: LoggedIn,
  context: ApiContext,
  sender: Sender,
): { readonly headers: Readonly<Record<string, string>> } {
  const cookie = sessionCookie(token, sessionLimits(context.config).absoluteMs, sender.secure);
  return { headers: { 'Set-Cookie': cookie } };
}

export function sessionJson(caller: UserCaller, operations: readonly Operation[]): z.output<typeof sessionSchema> {
  const { csrfToken, expiresAt, isOpenId } = caller.session;
  return { user: meJson(caller, operations), csrfToken, expiresAt: timeText(expiresAt), isSingleSignOn: isOpenId };
}

export const linkToken = z
  .string()
  .min(1)
  .max(100)
  .openapi({ description: 'Of the address in the email, behind `#`', example: 'x'.repeat(43) });
