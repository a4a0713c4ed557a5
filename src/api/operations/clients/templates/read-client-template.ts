import { requireClientTemplate } from '../../../../services/clients/templates/client-templates.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { clientTemplateJson, clientTemplateParams, clientTemplateSchema } from './schema.js';

export const readClientTemplateOperation = defineOperation({
  id: 'readClientTemplate',
  method: 'get',
  path: '/v1/client-templates/{id}',
  area: 'client-templates',
  summary: 'Get a client template',
  scope: 'profiles:read',
  request: { params: clientTemplateParams },
  responses: { 200: { description: 'The client template', schema: clientTemplateSchema } },
  async handler({ params, requester }) {
    const row = await requireClientTemplate(requester, params.id, '/path/id');
    return ok(clientTemplateJson(row), { version: row.version });
  },
});
