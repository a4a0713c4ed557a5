import { restoreReseller } from '../../../services/resellers/restore-reseller.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { line, reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireVersion } from '../../http/if-match.js';
import { resellerJson, resellerParams, resellerSchema } from './schema.js';

const body = z
  .strictObject({
    name: line(200).optional().openapi({
      description: 'Needed where the parent has an active reseller or manager of the same name; default: the old one',
    }),
    reason: reason.optional(),
  })
  .openapi('RestoreResellerInput');

export const restoreResellerOperation = defineOperation({
  id: 'restoreReseller',
  method: 'post',
  path: '/v1/resellers/{id}/restore',
  area: 'resellers',
  summary: 'Restore a deleted reseller or manager',
  description:
    'In its place in the tree, with its ledger and everything that belongs to it. Its users stay disabled and its API keys ' +
    'revoked; clients that a deleted manager had are not assigned to it again. Refused while its parent is deleted.',
  scope: 'resellers:write',
  needsIfMatch: true,
  request: { params: resellerParams, body },
  example: { reason: 'deleted by mistake' },
  responses: { 200: { description: 'The reseller', schema: resellerSchema } },
  problems: ['conflict', 'already_exists'],
  async handler({ params, body: { name, reason: why = null }, requester, ifMatch }) {
    const row = await restoreReseller(requester, params.id, { name, reason: why }, (before) =>
      requireVersion(ifMatch, before.version, resellerJson(before)),
    );
    return ok(resellerJson(row), { version: row.version });
  },
});
