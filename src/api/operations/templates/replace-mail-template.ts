import { DomainError } from '../../../domain/errors.js';
import { auditedBy, writeAudit } from '../../../storage/system/audit.js';
import { lockMailTemplate, replaceMailTemplate } from '../../../storage/templates/mail-templates.js';
import { ok } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireUsable, templateAudit, templateBody, templateExample, templateJson, templateSchema } from './shared.js';

export const replaceMailTemplateOperation = defineOperation({
  id: 'replaceMailTemplate',
  method: 'put',
  path: '/v1/mail-templates/{id}',
  area: 'templates',
  summary: 'Rewrite a mail template',
  description: 'Mails that are written from now on use it; one that was written already is sent as it is.',
  scope: 'templates:write',
  needsIfMatch: true,
  request: { params: z.strictObject({ id: pathId }), body: templateBody },
  example: templateExample,
  responses: { 200: { description: 'Rewritten', schema: templateSchema } },
  problems: ['already_exists'],
  async handler({ params, body, caller, context, ifMatch }) {
    requireUsable(body);
    const template = await context.sql.begin(async (tx) => {
      const before = await lockMailTemplate(tx, caller.resellerId, params.id);
      if (!before) throw new DomainError('not_found', `there is no mail template ${params.id}`, '/path/id');
      requireVersion(ifMatch, before.version, templateJson(before));
      const after = await replaceMailTemplate(tx, before.id, body);
      await writeAudit(tx, {
        ...auditedBy(caller.actor),
        action: 'mail_template.update',
        subjectType: 'mail_template',
        subjectId: after.id,
        resellerId: after.resellerId,
        before: templateAudit(before),
        after: templateAudit(after),
      });
      return after;
    });
    return ok(templateJson(template), { version: template.version });
  },
});
