import { minuteMs } from '../../../domain/durations.js';
import { renderMail } from '../../../mail/render.js';
import { markTest } from '../../../mail/test-email.js';
import { maxTestEmails, requestTestEmail } from '../../../services/templates/request-test-email.js';
import { accepted } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { z } from '../../contract/zod.js';
import { ApiProblem, problemAt } from '../../http/problem.js';
import { readerOf, subjectFields } from './preview-reader.js';
import { locale, partFields, requireUsable, templateExample, templateKind } from './shared.js';

export const sendTestEmailOperation = defineOperation({
  id: 'sendTestEmail',
  method: 'post',
  path: '/v1/mail-templates/test',
  area: 'templates',
  summary: 'Send a test of an email template to yourself',
  description:
    'To the address of the user who asks, and to no one else. The subject begins with `[Test]`, and a line says what it ' +
    'is. It is no notification: it counts for no rule. With `clientId` or `companyId`, its values are used, otherwise samples. ' +
    'A request that is repeated with its `Idempotency-Key` sends one email. Up to 20 per hour.',
  scope: 'templates:write',
  request: {
    body: z.strictObject({
      kind: templateKind,
      ...partFields,
      ...subjectFields,
      locale: locale.optional(),
    }),
  },
  example: { kind: templateExample.kind, subject: templateExample.subject, text: templateExample.text },
  responses: { 202: { description: 'The worker sends it', schema: z.strictObject({ to: z.string() }) } },
  problems: ['not_found', 'conflict'],
  async handler(input) {
    const { body, caller, requester, dedupeId } = input;
    requireUsable(body);
    const reader = await readerOf(input, body.kind, body);
    if (caller.kind !== 'user') {
      throw problemAt('conflict', '#/headers/authorization', 'an API key has no address: log in as a user');
    }
    const mail = renderMail({
      kind: body.kind,
      template: { subject: body.subject, html: body.html, text: body.text },
      variables: reader.variables,
      locale: body.locale ?? reader.locale,
      timeZone: reader.timeZone,
    });
    if (mail.fallback) throw problemAt('conflict', '#/subject', `the template gives no email: ${mail.fallback.reason}`);
    const waitMs = await requestTestEmail(requester, {
      userId: caller.userId,
      requestId: dedupeId,
      kind: body.kind,
      ...markTest(mail, body.locale ?? reader.locale),
    });
    if (waitMs !== null) {
      const minutes = Math.ceil(waitMs / minuteMs);
      const detail = `${maxTestEmails} tests were sent to you within an hour: continue in ${minutes} minutes, or use the preview`;
      throw new ApiProblem('rate_limited', detail, { retryAfterSeconds: Math.ceil(waitMs / 1000) });
    }
    return accepted({ to: caller.email });
  },
});
