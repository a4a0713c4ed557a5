import { moveReseller } from '../../../services/resellers/move-reseller.js';
import { movedReferenceKinds } from '../../../storage/resellers/move-effects.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { reason, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireVersion } from '../../http/if-match.js';
import { resellerJson, resellerParams, resellerSchema } from './schema.js';

export const moveResellerOperation = defineOperation({
  id: 'moveReseller',
  method: 'post',
  path: '/v1/resellers/{id}/move',
  area: 'resellers',
  summary: 'Move a reseller under another parent',
  description:
    'With everything below it. Counters and sent notifications stay; recipients and templates follow from the next ' +
    'notification on. Refused with `reseller_dangling` while something of it refers to records of former parents, unless ' +
    '`mapping` replaces them.',
  scope: 'resellers:write',
  needsIfMatch: true,
  request: {
    params: resellerParams,
    body: z.strictObject({
      parentId: reference,
      mapping: z
        .array(
          z.strictObject({
            kind: z.enum(movedReferenceKinds),
            from: reference,
            to: reference.nullable().openapi({ description: 'null: none' }),
          }),
        )
        .max(200)
        .default([]),
      reason: reason.optional(),
    }),
  },
  example: { parentId: '1' },
  responses: { 200: { description: 'The reseller', schema: resellerSchema } },
  problems: ['conflict', 'already_exists', 'reseller_cycle', 'reseller_too_deep', 'reseller_dangling'],
  async handler({ params, body, requester, ifMatch }) {
    const { parentId, mapping } = body;
    const row = await moveReseller(requester, params.id, { parentId, mapping }, body.reason ?? null, (before) =>
      requireVersion(ifMatch, before.version, resellerJson(before)),
    );
    return ok(resellerJson(row), { version: row.version });
  },
});
