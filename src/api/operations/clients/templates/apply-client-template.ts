import { inheritableFields } from '../../../../domain/clients/client-inheritance.js';
import type { InheritableField } from '../../../../domain/clients/client-fields.js';
import { applyClientTemplate, detachClient } from '../../../../services/clients/templates/apply-client-template.js';
import { previewClientTemplate } from '../../../../services/clients/templates/preview-template.js';
import type { ClientRow } from '../../../../storage/clients/clients.js';
import { ok } from '../../../contract/answers.js';
import { impactJson, notificationImpactSchema } from '../../../contract/confirm-notifications.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason, reference } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireVersion } from '../../../http/if-match.js';
import { clientJson } from '../convert.js';
import { requireFieldRights } from '../field-rights.js';
import { inheritedValueJson, inheritedValueShape } from '../inheritance.js';
import { clientParams } from '../read-client.js';
import { clientSchema } from '../schema.js';

const application = {
  clientTemplateId: reference.nullable().openapi({ description: 'null: none' }),
  ownValues: z
    .enum(['keep', 'clear'])
    .default('keep')
    .openapi({ description: '`clear`: what the template sets replaces the client’s own values' }),
};

const changedField = z.strictObject({
  field: z.enum(inheritableFields),
  ...inheritedValueShape,
  before: inheritedValueShape.effective.openapi({ description: 'The value that applies now' }),
  changes: z.boolean().openapi({ description: 'Another value would apply' }),
});

const previewSchema = z
  .strictObject({
    fields: z.array(changedField).openapi({ description: 'As they would be' }),
    newTags: z.array(z.string()).openapi({ description: 'Tags that the client would get' }),
    impact: notificationImpactSchema,
  })
  .openapi('ClientTemplateApplication');

export const previewApplyClientTemplateOperation = defineOperation({
  id: 'previewApplyClientTemplate',
  method: 'post',
  path: '/v1/clients/{id}/client-template/preview',
  area: 'client-templates',
  summary: 'Preview another client template of a client',
  description: 'Each field as it would be: own value, value of the template, and the value that applies.',
  scope: 'clients:read',
  request: { params: clientParams, body: z.strictObject(application).openapi('ClientTemplateApplyDraft') },
  example: { clientTemplateId: '3', ownValues: 'clear' },
  responses: { 200: { description: 'What would change', schema: previewSchema } },
  problems: ['conflict', 'currency_mismatch', 'client_deleted', 'client_unlimited'],
  async handler({ params, body, requester, now }) {
    const asked = { clientTemplateId: body.clientTemplateId, clearOwn: body.ownValues === 'clear' };
    const { fields, newTags, impact } = await previewClientTemplate(requester, params.id, asked);
    const changed = (Object.keys(fields) as InheritableField[]).map((field) => {
      const before = inheritedValueJson(field, fields[field].before);
      const after = inheritedValueJson(field, fields[field].after);
      return { field, ...after, before: before.effective, changes: before.effective !== after.effective };
    });
    return ok({ fields: changed, newTags: [...newTags], impact: impactJson(impact, now) });
  },
});

export const applyClientTemplateOperation = defineOperation({
  id: 'applyClientTemplate',
  method: 'post',
  path: '/v1/clients/{id}/client-template',
  area: 'client-templates',
  summary: 'Give a client another client template',
  description: 'Changing the credit limit or the balance model in this way also requires the scope `credit:write`.',
  scope: 'clients:write',
  needsIfMatch: true,
  request: {
    params: clientParams,
    body: z.strictObject({ ...application, reason: reason.optional() }).openapi('ClientTemplateApplyInput'),
  },
  example: { clientTemplateId: '3', ownValues: 'keep', reason: 'new contract' },
  responses: { 200: { description: 'The client', schema: clientSchema } },
  problems: ['conflict', 'currency_mismatch', 'client_deleted', 'client_unlimited', 'credit_above_maximum', 'no_rate'],
  async handler({ params, body, caller, requester, ifMatch, now }) {
    const { clientTemplateId, ownValues, reason: why = null } = body;
    const asked = {
      clientTemplateId,
      ...{ clearOwn: ownValues === 'clear', reason: why },
      requireAllowed: (before: object, after: object) => requireFieldRights(caller, before, after),
    };
    const row = await applyClientTemplate(requester, params.id, asked, (before: ClientRow) =>
      requireVersion(ifMatch, before.version, clientJson(before, now)),
    );
    return ok(clientJson(row, now), { version: row.version });
  },
});

export const detachClientOperation = defineOperation({
  id: 'detachClient',
  method: 'post',
  path: '/v1/clients/{id}/client-template/detach',
  area: 'client-templates',
  summary: 'Detach a client from its client template',
  description: 'The client keeps the values of the template as its own, and no longer has the template.',
  scope: 'clients:write',
  needsIfMatch: true,
  request: {
    params: clientParams,
    body: z.strictObject({ reason: reason.optional() }).openapi('ClientDetachInput'),
  },
  example: { reason: 'has its own contract' },
  responses: { 200: { description: 'The client', schema: clientSchema } },
  problems: ['conflict', 'client_deleted'],
  async handler({ params, body, requester, ifMatch, now }) {
    const row = await detachClient(requester, params.id, body.reason ?? null, (before: ClientRow) =>
      requireVersion(ifMatch, before.version, clientJson(before, now)),
    );
    return ok(clientJson(row, now), { version: row.version });
  },
});
