import { mailTemplateList } from '../../../storage/templates/mail-templates.js';
import { defineList } from '../../contract/define-list.js';
import { reference } from '../../contract/schemas.js';
import { locale, templateItemJson, templateItemSchema, templateKind } from './shared.js';

export const listMailTemplatesOperation = defineList({
  id: 'listMailTemplates',
  path: '/v1/mail-templates',
  area: 'templates',
  summary: 'List email templates',
  description: 'Without bodies. Kinds and languages without a template use the built-in one.',
  scope: 'templates:read',
  filters: {
    kind: templateKind.optional(),
    locale: locale.optional(),
    resellerId: reference.optional().openapi({ description: 'Of this reseller alone' }),
  },
  sorts: ['kind', 'name'],
  order: 'kind,name',
  page: 'A page of templates',
  item: templateItemSchema,
  rows: (q, { filter, caller }) => mailTemplateList(q, caller.resellerId, filter),
  toJson: templateItemJson,
});
