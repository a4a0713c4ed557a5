import { createMailTemplate } from '../../../services/templates/create-mail-template.js';
import { created } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { z } from '../../contract/zod.js';
import { reference } from '../../contract/schemas.js';
import { requireUsable, templateBody, templateExample, templateJson, templateSchema } from './shared.js';

export const createMailTemplateOperation = defineOperation({
  id: 'createMailTemplate',
  method: 'post',
  path: '/v1/mail-templates',
  area: 'templates',
  summary: 'Create an email template',
  description:
    'One per kind, language, and reseller. A client gets that of the nearest reseller up the tree, in its ' +
    'language. Supports `${client.name}`, `{{ client.name }}`, `if`, and `for`.',
  scope: 'templates:write',
  request: {
    body: templateBody.extend({
      draft: z.boolean().default(false).openapi({ description: 'Save it as a draft, which no email uses' }),
      resellerId: reference.optional().openapi({ description: 'Reseller of the template; default: the caller’s' }),
    }),
  },
  example: templateExample,
  responses: { 201: { description: 'Created', schema: templateSchema } },
  problems: ['already_exists', 'conflict', 'not_found'],
  async handler({ body, requester }) {
    const { draft: isDraft, resellerId = requester.scope.resellerId, ...fields } = body;
    if (!isDraft) requireUsable(fields);
    const template = await createMailTemplate(requester, { ...fields, resellerId }, { isDraft });
    return created(`/v1/mail-templates/${template.id}`, templateJson(template), { version: template.version });
  },
});
