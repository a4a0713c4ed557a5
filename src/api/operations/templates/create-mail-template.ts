import { DomainError } from '../../../domain/errors.js';
import { auditedBy, writeAudit } from '../../../storage/system/audit.js';
import { createMailTemplate } from '../../../storage/templates/mail-templates.js';
import { isVisibleReseller } from '../../../storage/system/visible.js';
import { created } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { reference } from '../../contract/schemas.js';
import { requireUsable, templateAudit, templateBody, templateExample, templateJson, templateSchema } from './shared.js';

export const createMailTemplateOperation = defineOperation({
  id: 'createMailTemplate',
  method: 'post',
  path: '/v1/mail-templates',
  area: 'templates',
  summary: 'Write a mail in your own words',
  description:
    'One for each kind, language and reseller. A client gets that of the nearest reseller up the tree, in its language. ' +
    'Both `${client.name}` and `{{ client.name }}` are understood, and `if` and `for`; nothing else.',
  scope: 'templates:write',
  request: {
    body: templateBody.extend({
      resellerId: reference.optional().openapi({ description: 'Whose words; default: your own reseller' }),
    }),
  },
  example: templateExample,
  responses: { 201: { description: 'Kept', schema: templateSchema } },
  problems: ['already_exists', 'not_found'],
  async handler({ body, caller, context }) {
    requireUsable(body);
    const template = await context.sql.begin(async (tx) => {
      const resellerId = body.resellerId ?? caller.resellerId;
      if (!(await isVisibleReseller(tx, caller.resellerId, resellerId))) {
        throw new DomainError('not_found', `there is no reseller ${resellerId}`, '/resellerId');
      }
      const made = await createMailTemplate(tx, { ...body, resellerId });
      await writeAudit(tx, {
        ...auditedBy(caller.actor),
        action: 'mail_template.create',
        subjectType: 'mail_template',
        subjectId: made.id,
        resellerId: made.resellerId,
        before: null,
        after: templateAudit(made),
      });
      return made;
    });
    return created(`/v1/mail-templates/${template.id}`, templateJson(template), { version: template.version });
  },
});
