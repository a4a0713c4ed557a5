import { DomainError } from '../../../domain/errors.js';
import { findMailTemplate } from '../../../storage/templates/mail-templates.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { templateJson, templateSchema } from './shared.js';

export const readMailTemplateOperation = defineOperation({
  id: 'readMailTemplate',
  method: 'get',
  path: '/v1/mail-templates/{id}',
  area: 'templates',
  summary: 'Get an email template',
  scope: 'templates:read',
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 200: { description: 'The template', schema: templateSchema } },
  async handler({ params, caller, scope }) {
    const template = await scope.read((q) => findMailTemplate(q, caller.resellerId, params.id));
    if (!template) throw new DomainError('not_found', `there is no email template ${params.id}`, '/path/id');
    return ok(templateJson(template), { version: template.version });
  },
});
