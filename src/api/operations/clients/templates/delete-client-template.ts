import { deleteClientTemplate, detachClientTemplate } from '../../../../services/clients/templates/client-templates.js';
import { noContent, ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireVersion } from '../../../http/if-match.js';
import { clientTemplateJson, clientTemplateParams } from './schema.js';

export const deleteClientTemplateOperation = defineOperation({
  id: 'deleteClientTemplate',
  method: 'delete',
  path: '/v1/client-templates/{id}',
  area: 'client-templates',
  summary: 'Delete a client template that no client uses',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: clientTemplateParams, query: z.strictObject({ reason: reason.optional() }) },
  responses: { 204: { description: 'Deleted' } },
  problems: ['in_use'],
  async handler({ params, query, requester, ifMatch }) {
    await deleteClientTemplate(requester, params.id, query.reason ?? null, (row) =>
      requireVersion(ifMatch, row.version, clientTemplateJson(row)),
    );
    return noContent();
  },
});

export const detachClientTemplateOperation = defineOperation({
  id: 'detachClientTemplate',
  method: 'post',
  path: '/v1/client-templates/{id}/detach',
  area: 'client-templates',
  summary: 'Detach all clients of a client template',
  description: 'The clients keep the values of the template as their own, and no longer have the template.',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: {
    params: clientTemplateParams,
    body: z.strictObject({ reason: reason.optional() }).openapi('ClientTemplateDetachInput'),
  },
  example: { reason: 'contracts are separate now' },
  responses: {
    200: {
      description: 'Detached',
      schema: z.strictObject({ clients: z.int().openapi({ description: 'Clients that had it' }) }),
    },
  },
  async handler({ params, body, requester, ifMatch }) {
    const clients = await detachClientTemplate(requester, params.id, body.reason ?? null, (row) =>
      requireVersion(ifMatch, row.version, clientTemplateJson(row)),
    );
    return ok({ clients });
  },
});
