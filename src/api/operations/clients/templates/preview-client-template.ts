import { inheritableFields } from '../../../../domain/clients/client-inheritance.js';
import { requireClientTemplate } from '../../../../services/clients/templates/client-templates.js';
import { previewTemplateEdit } from '../../../../services/clients/templates/preview-template.js';
import { ok } from '../../../contract/answers.js';
import { impactJson, notificationImpactSchema, someClients } from '../../../contract/confirm-notifications.js';
import { defineOperation } from '../../../contract/operation.js';
import { idText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { clientTemplateParams, clientTemplatePatchFields, patchedTemplate } from './schema.js';

const previewSchema = z
  .strictObject({
    clients: z.int().openapi({ description: 'Clients that have the template' }),
    changed: z.int().openapi({ description: 'Clients whose values would change' }),
    fields: z
      .array(z.strictObject({ field: z.enum(inheritableFields), clients: z.int() }))
      .openapi({ description: 'The fields that change, with the clients that do not have their own value' }),
    refused: someClients(z.strictObject({ clientId: idText, name: z.string(), detail: z.string() })).openapi({
      description: 'Clients that could not have a value next to their own: while there are any, the edit is refused',
    }),
    impact: notificationImpactSchema,
  })
  .openapi('ClientTemplatePreview');

export const previewClientTemplateOperation = defineOperation({
  id: 'previewClientTemplate',
  method: 'post',
  path: '/v1/client-templates/{id}/preview',
  area: 'client-templates',
  summary: 'Preview a change of a client template',
  description: 'Which clients would change, and which would become low. Changes nothing and sends no notifications.',
  scope: 'profiles:read',
  request: {
    params: clientTemplateParams,
    body: z.strictObject(clientTemplatePatchFields).openapi('ClientTemplateDraft'),
  },
  example: { values: { creditLimit: '750.00' } },
  responses: { 200: { description: 'What would change', schema: previewSchema } },
  problems: ['conflict', 'client_unlimited'],
  async handler({ params, body, requester, now }) {
    const stored = await requireClientTemplate(requester, params.id, '/path/id');
    const { clients, changed, fields, refused, impact } = await previewTemplateEdit(
      requester,
      stored,
      patchedTemplate(stored, body),
    );
    return ok({
      ...{ clients, changed, fields: fields.map((field) => ({ ...field })) },
      refused: { count: refused.count, data: refused.data.map((client) => ({ ...client })) },
      impact: impactJson(impact, now),
    });
  },
});
