import { updateSilence } from '../../../services/silences/update-silence.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { requireVersion } from '../../http/if-match.js';
import { clientsSilenceJson, clientsSilenceSchema, silenceParams, silencePatch } from './schema.js';

export const updateSilenceOperation = defineOperation({
  id: 'updateSilence',
  method: 'patch',
  path: '/v1/silences/{id}',
  area: 'silences',
  summary: 'Change the end or the comment of a silence',
  description: 'Which clients it covers stays: end it and create another one for others.',
  scope: 'monitor:write',
  needsIfMatch: true,
  request: { params: silenceParams, body: silencePatch },
  example: { endsAt: '2026-12-25T18:00:00Z', reason: 'the migration takes a day longer' },
  responses: { 200: { description: 'The silence', schema: clientsSilenceSchema } },
  problems: ['conflict'],
  async handler({ params, body, requester, ifMatch }) {
    const { reason = null, ...patch } = body;
    const row = await updateSilence(requester, params.id, { patch, reason }, (before) =>
      requireVersion(ifMatch, before.version, clientsSilenceJson(before)),
    );
    return ok(clientsSilenceJson(row), { version: row.version });
  },
});
