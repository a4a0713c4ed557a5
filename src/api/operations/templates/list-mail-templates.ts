import { listMailTemplates } from '../../../storage/templates/mail-templates.js';
import { listed, listQuery, pageOf, pageRequest } from '../../contract/lists.js';
import { defineOperation } from '../../contract/operation.js';
import { locale, templateItemJson, templateItemSchema, templateKind } from './shared.js';

export const listMailTemplatesOperation = defineOperation({
  id: 'listMailTemplates',
  method: 'get',
  path: '/v1/mail-templates',
  area: 'templates',
  summary: 'List mail templates',
  description: 'Without their bodies. Kinds and languages without a template use the built-in one.',
  scope: 'templates:read',
  request: {
    query: listQuery(['kind', 'name'], 'kind,name').extend({
      kind: templateKind.optional(),
      locale: locale.optional(),
    }),
  },
  responses: { 200: { description: 'A page of templates', schema: pageOf(templateItemSchema) } },
  async handler({ query, caller, context, now, url }) {
    const filter = { kind: query.kind ?? null, locale: query.locale ?? null };
    const page = await listMailTemplates(context.sql, caller.resellerId, filter, pageRequest(query));
    return listed({ url, now }, page, templateItemJson);
  },
});
