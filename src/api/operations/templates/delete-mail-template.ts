import { deleteMailTemplate } from '../../../services/templates/delete-mail-template.js';
import { noContent } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { templateJson } from './shared.js';

export const deleteMailTemplateOperation = defineOperation({
  id: 'deleteMailTemplate',
  method: 'delete',
  path: '/v1/mail-templates/{id}',
  area: 'templates',
  summary: 'Delete an email template',
  description:
    'The next reseller’s template up the tree is used instead, else the built-in one. Sent messages stay unchanged.',
  scope: 'templates:write',
  needsIfMatch: true,
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 204: { description: 'Deleted' } },
  async handler({ params, requester, ifMatch }) {
    await deleteMailTemplate(requester, params.id, (row) => requireVersion(ifMatch, row.version, templateJson(row)));
    return noContent();
  },
});
