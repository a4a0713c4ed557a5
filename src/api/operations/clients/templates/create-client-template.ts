import { changedTemplateValues } from '../../../../domain/clients/client-inheritance.js';
import { createClientTemplate } from '../../../../services/clients/templates/client-templates.js';
import { created } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { scopesOfFields } from '../field-rights.js';
import {
  clientTemplateBody,
  clientTemplateExample,
  clientTemplateJson,
  clientTemplateSchema,
  requireTemplateRights,
} from './schema.js';

export const createClientTemplateOperation = defineOperation({
  id: 'createClientTemplate',
  method: 'post',
  path: '/v1/client-templates',
  area: 'client-templates',
  summary: 'Create a client template',
  description: `Some values also require another scope. ${scopesOfFields}.`,
  scope: 'profiles:write',
  request: { body: clientTemplateBody },
  example: clientTemplateExample,
  responses: { 201: { description: 'The client template', schema: clientTemplateSchema } },
  problems: ['not_found', 'conflict', 'already_exists', 'client_unlimited', 'credit_above_maximum', 'no_rate'],
  async handler({ body, caller, requester }) {
    const { reason = null, resellerId = requester.scope.resellerId, values: given, ...more } = body;
    const values = changedTemplateValues({}, given);
    requireTemplateRights(caller, {}, values);
    const row = await createClientTemplate(requester, { ...more, resellerId, values }, reason);
    return created(`/v1/client-templates/${row.id}`, clientTemplateJson(row), { version: row.version });
  },
});
