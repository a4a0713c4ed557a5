import { replaceMailTemplate } from '../../../services/templates/replace-mail-template.js';
import { ok } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireUsable, templateBody, templateExample, templateJson, templateSchema } from './shared.js';

export const replaceMailTemplateOperation = defineOperation({
  id: 'replaceMailTemplate',
  method: 'put',
  path: '/v1/mail-templates/{id}',
  area: 'templates',
  summary: 'Replace an email template',
  description: 'Applies to emails created from now on; existing ones are sent unchanged.',
  scope: 'templates:write',
  needsIfMatch: true,
  request: { params: z.strictObject({ id: pathId }), body: templateBody },
  example: templateExample,
  responses: { 200: { description: 'Replaced', schema: templateSchema } },
  problems: ['already_exists'],
  async handler({ params, body, requester, ifMatch }) {
    requireUsable(body);
    const template = await replaceMailTemplate(requester, params.id, body, (row) =>
      requireVersion(ifMatch, row.version, templateJson(row)),
    );
    return ok(templateJson(template), { version: template.version });
  },
});
