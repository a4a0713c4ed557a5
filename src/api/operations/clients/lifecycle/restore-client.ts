import { clientFieldSpecs } from '../../../../domain/clients/client-fields.js';
import { restoreClient } from '../../../../services/clients/restore-client.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { foreignId, reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireVersion } from '../../../http/if-match.js';
import { clientJson } from '../convert.js';
import { clientParams } from '../read-client.js';
import { clientSchema } from '../schema.js';

const body = z
  .strictObject({
    externalId: foreignId(clientFieldSpecs.externalId.max)
      .nullable()
      .optional()
      .openapi({
        type: ['string', 'null'],
        description: 'Needed where another client has the old one now; default: the old one',
      }),
    reason: reason.optional(),
  })
  .openapi('RestoreClientInput');

export const restoreClientOperation = defineOperation({
  id: 'restoreClient',
  method: 'post',
  path: '/v1/clients/{id}/restore',
  area: 'clients',
  summary: 'Restore a deleted client',
  description:
    'Its status is then `stop`: set it to `active` to have it monitored again, with new counters. Ledger, history, and fields are as ' +
    'before; temporary credit that the deletion ended is not granted again.',
  scope: 'clients:write',
  needsIfMatch: true,
  request: { params: clientParams, body },
  example: { reason: 'deleted by mistake' },
  responses: { 200: { description: 'The client', schema: clientSchema } },
  problems: ['conflict', 'already_exists'],
  async handler({ params, body: { externalId, reason: why = null }, requester, ifMatch, now }) {
    const row = await restoreClient(requester, params.id, { externalId, reason: why }, (before) =>
      requireVersion(ifMatch, before.version, clientJson(before, now)),
    );
    return ok(clientJson(row, now), { version: row.version });
  },
});
