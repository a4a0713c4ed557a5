import { DomainError } from '../../../domain/errors.js';
import { mailKindSpecs, templateKinds } from '../../../domain/notifications/mail-kinds.js';
import { builtInTemplate, builtInLanguages } from '../../../mail/templates/index.js';
import { findReseller } from '../../../storage/resellers/resellers.js';
import { readTemplatesOnPath } from '../../../storage/templates/template-versions.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { idText, pathId, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { templateKind } from './shared.js';

const templateRow = z.strictObject({
  id: idText.nullable().openapi({ description: 'null: it belongs to a reseller above yours' }),
  locale: z.string(),
  name: z.string(),
  resellerId: idText,
  resellerName: z.string(),
  inherited: z.boolean(),
  published: z.int().nullable(),
  hasDraft: z.boolean(),
  used: z.boolean().openapi({ description: 'false: a draft, or a nearer reseller has templates of this kind' }),
  updatedAt: timeString,
});

const kindSchema = z
  .strictObject({
    kind: templateKind,
    cause: z.enum(['rule', 'credit', 'invoice', 'rates', 'payment', 'company', 'event', 'account']),
    audience: z.enum(['rule', 'client', 'company', 'staff', 'user']),
    templates: z.array(templateRow).openapi({ description: 'Of the reseller and of those above, the nearest first' }),
  })
  .openapi('MailKindTemplates');

export const listMailKindsOperation = defineOperation({
  id: 'listMailKinds',
  method: 'get',
  path: '/v1/resellers/{id}/mail-templates',
  area: 'templates',
  summary: 'List the kinds of emails with the templates of a reseller',
  description:
    'Which templates a reseller has and inherits for each kind of email. Without one, the built-in text is used.',
  scope: 'templates:read',
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 200: { description: 'The kinds', schema: z.strictObject({ data: z.array(kindSchema) }) } },
  problems: ['not_found'],
  async handler({ params, caller, scope }) {
    const { id: resellerId } = params;
    const found = await scope.read(async (q) => ({
      reseller: await findReseller(q, caller.resellerId, resellerId),
      rows: await readTemplatesOnPath(q, resellerId),
    }));
    if (!found.reseller) throw new DomainError('not_found', `there is no reseller ${resellerId}`, '/path/id');
    const { path } = found.reseller;
    const visible = new Set(path.slice(path.indexOf(caller.resellerId)));
    const data = templateKinds.map((kind) => {
      const rows = found.rows.filter((row) => row.kind === kind);
      const nearest = rows.find(({ published }) => published !== null)?.resellerId;
      return {
        kind,
        cause: mailKindSpecs[kind].cause,
        audience: mailKindSpecs[kind].audience,
        templates: rows.map((row) => ({
          id: visible.has(row.resellerId) ? row.id : null,
          locale: row.locale,
          name: row.name,
          resellerId: row.resellerId,
          resellerName: row.resellerName,
          inherited: row.resellerId !== resellerId,
          published: row.published,
          hasDraft: row.hasDraft,
          used: row.published !== null && row.resellerId === nearest,
          updatedAt: timeText(row.updatedAt),
        })),
      };
    });
    return ok({ data });
  },
});

const builtInSchema = z.strictObject({ kind: templateKind, subject: z.string(), html: z.string(), text: z.string() });

export const listBuiltInTemplatesOperation = defineOperation({
  id: 'listBuiltInTemplates',
  method: 'get',
  path: '/v1/mail-templates/built-in',
  area: 'templates',
  summary: 'List the built-in templates',
  description: 'What emails say where no template is chosen, in template language: a start for your own.',
  scope: 'templates:read',
  request: {
    query: z.strictObject({ kind: templateKind.optional(), language: z.enum(builtInLanguages).default('en') }),
  },
  responses: { 200: { description: 'The templates', schema: z.strictObject({ data: z.array(builtInSchema) }) } },
  async handler({ query }) {
    const kinds = query.kind === undefined ? templateKinds : [query.kind];
    return ok({ data: kinds.map((kind) => ({ kind, ...builtInTemplate(kind, query.language) })) });
  },
});
