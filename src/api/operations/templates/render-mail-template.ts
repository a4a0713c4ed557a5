import { DomainError } from '../../../domain/errors.js';
import { renderMail } from '../../../mail/render.js';
import { sampleVariables, type MailKind, type MailVariables } from '../../../mail/variables.js';
import { readMailContext } from '../../../storage/notifications/mail-context.js';
import { readMonitoringTerms } from '../../../storage/monitoring/monitoring-terms.js';
import { ok } from '../../contract/answers.js';
import type { Scope } from '../../../storage/system/scope.js';
import type { ApiContext } from '../../context.js';
import { defineOperation } from '../../contract/operation.js';
import { reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireAccount } from '../ledger/shared.js';
import { previewVariables } from './preview-variables.js';
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
        message: z.string(),
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
    'Saves nothing and sends nothing. With `clientId`, the client’s name, balances, thresholds, language, and ' +
    'time zone are used, otherwise samples. A template with errors answers 200 with `errors` and without an ' +
    'email.',
  scope: 'templates:read',
  request: {
    body: z.strictObject({
      kind: templateKind,
      ...partFields,
      clientId: reference.optional(),
      locale: locale.optional(),
    }),
  },
  example: { kind: templateExample.kind, subject: templateExample.subject, text: templateExample.text },
  responses: { 200: { description: 'The email, or the errors of the template', schema: previewSchema } },
  problems: ['not_found'],
  async handler(input) {
    const { body } = input;
    const errors = partErrors(body.kind, body);
    const reader = await readerOf(input, body.kind, body.clientId ?? null);
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

interface PreviewReader {
  readonly variables: MailVariables;
  readonly locale: string;
  readonly timeZone: string;
}

interface ReaderInput {
  readonly context: ApiContext;
  readonly scope: Scope;
  readonly now: number;
}

async function readerOf(
  { context, scope, now }: ReaderInput,
  kind: MailKind,
  clientId: string | null,
): Promise<PreviewReader> {
  if (clientId === null) return { variables: sampleVariables(kind), locale: 'en', timeZone: 'UTC' };
  await requireAccount({ scope, now }, clientId, '/clientId');
  const { client, terms } = await scope.read(async (q) => ({
    client: await readMailContext(q, clientId, now),
    terms: (await readMonitoringTerms(q, [clientId])).get(clientId),
  }));
  if (!client || !terms) throw new DomainError('not_found', `there is no client ${clientId}`, '/clientId');
  const url = context.config.PUBLIC_URL ?? null;
  return {
    variables: previewVariables(kind, client, terms, url, now),
    locale: client.locale,
    timeZone: client.timezone,
  };
}
