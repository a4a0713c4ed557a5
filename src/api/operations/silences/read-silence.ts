import { DomainError } from '../../../domain/errors.js';
import { findSilence } from '../../../storage/silences/silences.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { clientsSilenceJson, clientsSilenceSchema, silenceParams } from './schema.js';

export const readSilenceOperation = defineOperation({
  id: 'readSilence',
  method: 'get',
  path: '/v1/silences/{id}',
  area: 'silences',
  summary: 'Get a silence',
  scope: 'monitor:read',
  request: { params: silenceParams },
  responses: { 200: { description: 'The silence', schema: clientsSilenceSchema } },
  async handler({ params, scope, now }) {
    const reader = { resellerId: scope.resellerId, at: new Date(now) };
    const row = await scope.read((q) => findSilence(q, reader, params.id));
    if (!row) throw new DomainError('not_found', `there is no silence ${params.id}`, '/path/id');
    return ok(clientsSilenceJson(row), { version: row.version });
  },
});
