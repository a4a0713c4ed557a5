import { expireSilence } from '../../../services/silences/update-silence.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { clientsSilenceJson, clientsSilenceSchema, silenceParams } from './schema.js';

export const expireSilenceOperation = defineOperation({
  id: 'expireSilence',
  method: 'post',
  path: '/v1/silences/{id}/expire',
  area: 'silences',
  summary: 'End a silence now',
  description: 'Also one that has not started. The clients that it covered notify again as their rules say.',
  scope: 'monitor:write',
  request: { params: silenceParams, body: z.strictObject({ reason }) },
  example: { reason: 'the migration is done' },
  responses: { 200: { description: 'The silence, expired', schema: clientsSilenceSchema } },
  problems: ['conflict'],
  async handler({ params, body, requester }) {
    const row = await expireSilence(requester, params.id, body.reason);
    return ok(clientsSilenceJson(row), { version: row.version });
  },
});
