import { faultCodes } from '../../../mail/guard/faults.js';
import { renderMail } from '../../../mail/render.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { z } from '../../contract/zod.js';
import { readerOf, subjectFields } from './preview-reader.js';
import { locale, partErrors, partFields, templateExample, templateKind } from './shared.js';

const previewSchema = z
  .strictObject({
    subject: z.string().nullable(),
    html: z.string().nullable(),
    text: z.string().nullable(),
    errors: z.array(
      z.strictObject({
        part: z.enum(['subject', 'html', 'text']),
        line: z.int(),
        column: z.int(),
        code: z.enum(faultCodes),
        parameters: z.record(z.string(), z.string()).openapi({ description: 'What the text of `code` names' }),
        message: z.string().openapi({ description: 'The same in English' }),
      }),
    ),
    fallback: z
      .string()
      .nullable()
      .openapi({ description: 'Why the built-in template is used instead; null: it is not' }),
  })
  .openapi('MailPreview');

export const renderMailTemplateOperation = defineOperation({
  id: 'renderMailTemplate',
  method: 'post',
  path: '/v1/mail-templates/render',
  area: 'templates',
  summary: 'Preview an email template',
  description:
    'Saves nothing and sends nothing. With `clientId` or `companyId`, its name, balances, thresholds, language, and ' +
    'time zone are used, otherwise samples. A template with errors answers 200 with `errors` and without an ' +
    'email.',
  scope: 'templates:read',
  request: {
    body: z.strictObject({
      kind: templateKind,
      ...partFields,
      ...subjectFields,
      locale: locale.optional(),
    }),
  },
  example: { kind: templateExample.kind, subject: templateExample.subject, text: templateExample.text },
  responses: { 200: { description: 'The email, or the errors of the template', schema: previewSchema } },
  problems: ['not_found'],
  async handler(input) {
    const { body } = input;
    const errors = partErrors(body.kind, body);
    const reader = await readerOf(input, body.kind, body);
    if (errors.length > 0) return ok({ subject: null, html: null, text: null, errors, fallback: null });
    const mail = renderMail({
      kind: body.kind,
      template: { subject: body.subject, html: body.html, text: body.text },
      variables: reader.variables,
      locale: body.locale ?? reader.locale,
      timeZone: reader.timeZone,
    });
    return ok({ ...mail, errors, fallback: mail.fallback?.reason ?? null });
  },
});
