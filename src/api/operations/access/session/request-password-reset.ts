import { setTimeout as delay } from 'node:timers/promises';
import { linkLifetimeMs } from '../../../../domain/access/account-links.js';
import { minuteMs } from '../../../../domain/durations.js';
import { requestPasswordReset } from '../../../../services/access/account-links/request-password-reset.js';
import { anonymousRequester, requirePublicUrl } from '../../../access/account-links.js';
import { countOrRefuse, type Try } from '../../../access/login-tries.js';
import { requirePasswordLogin } from '../../../access/logins.js';
import { accepted } from '../../../contract/answers.js';
import { definePublicOperation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';

/** Longer than the work takes: how long an answer takes must not show whether the address is known. */
const answerMs = 250;

const answer = z.strictObject({
  validMinutes: z.int().openapi({ description: 'How long the link works after its email was sent', example: 60 }),
});

export const requestPasswordResetOperation = definePublicOperation({
  id: 'requestPasswordReset',
  method: 'post',
  path: '/v1/password-resets',
  area: 'session',
  summary: 'Email a link for a new password',
  description:
    'The answer is the same, in content and time, whether or not a user with this address can log in. Five requests for an address within 15 minutes are answered by 429.',
  secretBody: true,
  request: {
    body: z
      .strictObject({ email: z.string().min(1).max(254).openapi({ format: 'email' }) })
      .openapi('PasswordResetRequest'),
  },
  example: { email: 'anna@operator.example' },
  responses: { 202: { description: 'If the address can log in, a link is on its way', schema: answer } },
  problems: ['login_throttled', 'password_login_off', 'csrf_invalid', 'not_configured'],
  async handler({ body, context, sender, requestId, now }) {
    requirePasswordLogin(context);
    requirePublicUrl(context);
    const request = { context, sender, requestId, now };
    await Promise.all([queued(request, body.email.trim()), delay(answerMs)]);
    return accepted({ validMinutes: linkLifetimeMs.password_reset / minuteMs });
  },
});

async function queued(request: Try, email: string): Promise<void> {
  await countOrRefuse(request, 'reset', email, null);
  await requestPasswordReset(await anonymousRequester(request), email, request.sender.address);
}
