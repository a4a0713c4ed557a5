import { DomainError } from '../../../domain/errors.js';
import { findMailTemplate } from '../../../storage/templates/mail-templates.js';
import { readTemplateUse, readTemplateVersions } from '../../../storage/templates/template-versions.js';
import type { Scope } from '../../../storage/system/scope.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { idText, pathId, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

/** What was published of a template, and whose emails use it. */

const params = z.strictObject({ id: pathId });
const mostVersions = 200;

const versionSchema = z
  .strictObject({
    number: z.int(),
    subject: z.string(),
    html: z.string(),
    text: z.string(),
    publishedBy: z.string().openapi({ example: 'user:3' }),
    publishedAt: timeString,
  })
  .openapi('MailTemplateVersion');

async function existing(scope: Scope, id: string) {
  const row = await scope.read((q) => findMailTemplate(q, scope.resellerId, id));
  if (!row) throw new DomainError('not_found', `there is no email template ${id}`, '/path/id');
  return row;
}

export const listMailTemplateVersionsOperation = defineOperation({
  id: 'listMailTemplateVersions',
  method: 'get',
  path: '/v1/mail-templates/{id}/versions',
  area: 'templates',
  summary: 'List the published versions of an email template',
  description: `The newest first, up to ${mostVersions}. A delivery names its template and this number, such as 7@3.`,
  scope: 'templates:read',
  request: { params },
  responses: { 200: { description: 'The versions', schema: z.strictObject({ data: z.array(versionSchema) }) } },
  async handler({ params: { id }, scope }) {
    await existing(scope, id);
    const rows = await scope.read((q) => readTemplateVersions(q, id, mostVersions));
    return ok({ data: rows.map((row) => ({ ...row, publishedAt: timeText(row.publishedAt) })) });
  },
});

export const readMailTemplateUseOperation = defineOperation({
  id: 'readMailTemplateUse',
  method: 'get',
  path: '/v1/mail-templates/{id}/use',
  area: 'templates',
  summary: 'Get whose emails use a template',
  description:
    'Clients whose emails of this kind are written with it, in the language of the client; of a template of company balance ' +
    'emails, companies whose alarms are.',
  scope: 'templates:read',
  request: { params },
  responses: {
    200: {
      description: 'Clients or companies by reseller, the first 100 resellers',
      schema: z.strictObject({
        clients: z.int(),
        companies: z.int(),
        resellers: z.array(z.strictObject({ id: idText, name: z.string(), clients: z.int(), companies: z.int() })),
      }),
    },
  },
  async handler({ params: { id }, scope }) {
    const row = await existing(scope, id);
    const use = await scope.read((q) => readTemplateUse(q, row));
    return ok({ ...use, resellers: [...use.resellers] });
  },
});
