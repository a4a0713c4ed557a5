import { editClientTemplate } from '../../../../services/clients/templates/edit-client-template.js';
import type { ClientTemplateRow } from '../../../../storage/clients/templates/client-templates.js';
import { ok } from '../../../contract/answers.js';
import { requireConfirmation } from '../../../contract/confirm-notifications.js';
import { defineOperation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';
import { requireVersion } from '../../../http/if-match.js';
import {
  clientTemplateJson,
  clientTemplateParams,
  clientTemplatePatch,
  clientTemplateShape,
  patchedTemplate,
  requireTemplateRights,
} from './schema.js';

const editedSchema = z
  .strictObject({
    ...clientTemplateShape,
    effect: z.strictObject({ clientsUpdated: z.int().openapi({ description: 'Clients whose values changed' }) }),
  })
  .openapi('ClientTemplateEdited');

export const updateClientTemplateOperation = defineOperation({
  id: 'updateClientTemplate',
  method: 'patch',
  path: '/v1/client-templates/{id}',
  area: 'client-templates',
  summary: 'Change a client template',
  description:
    'Its clients have the new values at once, except where they have their own. An edit that newly notifies more than 100 ' +
    'clients needs `confirmNotifications`. It is refused where a client could not have a value next to its own.',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: clientTemplateParams, body: clientTemplatePatch },
  example: { values: { creditLimit: '750.00' }, reason: 'agreed with sales' },
  responses: { 200: { description: 'The client template', schema: editedSchema } },
  problems: [
    'conflict',
    'already_exists',
    'client_unlimited',
    'credit_above_maximum',
    'no_rate',
    'confirmation_required',
  ],
  async handler({ params, body, caller, requester, ifMatch, now }) {
    const { reason = null, confirmNotifications, ...patch } = body;
    const edit = {
      fieldsFor: (before: ClientTemplateRow) => patchedTemplate(before, patch),
      reason,
      confirm: requireConfirmation(confirmNotifications, now),
      precondition: (before: ClientTemplateRow) => {
        requireVersion(ifMatch, before.version, clientTemplateJson(before));
        requireTemplateRights(caller, before.values, patchedTemplate(before, patch).values);
      },
    };
    const { row, clientsUpdated } = await editClientTemplate(requester, params.id, edit);
    return ok({ ...clientTemplateJson(row), effect: { clientsUpdated } }, { version: row.version });
  },
});
