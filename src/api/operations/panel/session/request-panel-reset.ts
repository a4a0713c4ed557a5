import { setTimeout as delay } from 'node:timers/promises';
import { linkLifetimeMs } from '../../../../domain/access/account-links.js';
import { minuteMs } from '../../../../domain/durations.js';
import { requestPanelReset } from '../../../../services/panel/request-panel-reset.js';
import { anonymousRequester, requirePublicUrl } from '../../../access/account-links.js';
import type { Try } from '../../../access/login-tries.js';
import { countPanelTry } from '../../../access/panel-logins.js';
import { accepted } from '../../../contract/answers.js';
import { definePublicOperation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';

/** Longer than the work takes: how long an answer takes must not show whether the login is known. */
const answerMs = 250;

const answer = z.strictObject({
  validMinutes: z.int().openapi({ description: 'How long the link works after its email was sent', example: 60 }),
});

export const requestPanelResetOperation = definePublicOperation({
  id: 'requestPanelReset',
  method: 'post',
  path: '/v1/panel/password-resets',
  area: 'panel',
  summary: 'Email the billing address a link for a new panel password',
  description:
    'The answer is the same, in content and time, whether or not there is such a login. Five requests for a login within 15 minutes are answered by 429.',
  secretBody: true,
  request: { body: z.strictObject({ login: z.string().min(1).max(254) }).openapi('PanelResetRequest') },
  example: { login: 'acme' },
  responses: { 202: { description: 'If there is such a login, a link is on its way', schema: answer } },
  problems: ['login_throttled', 'csrf_invalid', 'not_configured'],
  async handler({ body, context, sender, requestId, now }) {
    requirePublicUrl(context);
    await Promise.all([queued({ context, sender, requestId, now }, body.login.trim()), delay(answerMs)]);
    return accepted({ validMinutes: linkLifetimeMs.panel_password_reset / minuteMs });
  },
});

async function queued(request: Try, login: string): Promise<void> {
  await countPanelTry(request, 'reset', login, null);
  const requester = await anonymousRequester(request);
  const anonymous = { ...requester, actor: { ...requester.actor, source: 'panel' as const } };
  await requestPanelReset(anonymous, login, request.sender.address);
}
