import { DomainError } from '../../../domain/errors.js';
import { auditedBy, writeAudit } from '../../../storage/system/audit.js';
import { deleteMailTemplate, lockMailTemplate } from '../../../storage/templates/mail-templates.js';
import { noContent } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { templateAudit, templateJson } from './shared.js';

export const deleteMailTemplateOperation = defineOperation({
  id: 'deleteMailTemplate',
  method: 'delete',
  path: '/v1/mail-templates/{id}',
  area: 'templates',
  summary: 'Remove a mail template',
  description:
    'Its mails use the template of the next reseller up the tree, or the built-in one. Mails that were sent stay.',
  scope: 'templates:write',
  needsIfMatch: true,
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 204: { description: 'Removed' } },
  async handler({ params, caller, context, ifMatch }) {
    await context.sql.begin(async (tx) => {
      const template = await lockMailTemplate(tx, caller.resellerId, params.id);
      if (!template) throw new DomainError('not_found', `there is no mail template ${params.id}`, '/path/id');
      requireVersion(ifMatch, template.version, templateJson(template));
      await deleteMailTemplate(tx, template.id);
      await writeAudit(tx, {
        ...auditedBy(caller.actor),
        action: 'mail_template.delete',
        subjectType: 'mail_template',
        subjectId: template.id,
        resellerId: template.resellerId,
        before: templateAudit(template),
        after: null,
      });
    });
    return noContent();
  },
});
