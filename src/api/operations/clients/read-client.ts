import { DomainError } from '../../../domain/errors.js';
import { findClient, type ClientRow } from '../../../storage/clients/clients.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { clientJson } from './convert.js';
import { clientAnswerExample, clientSchema } from './schema.js';

export const clientParams = z.strictObject({ id: pathId });

/** @throws DomainError `not_found` */
function existing(row: ClientRow | null, id: string): ClientRow {
  if (!row) throw new DomainError('not_found', `there is no client ${id}`, '/path/id');
  return row;
}

export const readClientOperation = defineOperation({
  id: 'readClient',
  method: 'get',
  path: '/v1/clients/{id}',
  area: 'clients',
  summary: 'Get a client',
  description: 'Also a deleted one.',
  scope: 'clients:read',
  request: { params: clientParams },
  responses: { 200: { description: 'The client', schema: clientSchema, example: clientAnswerExample } },
  async handler({ params, caller, now, scope }) {
    const row = existing(await scope.read((q) => findClient(q, caller.resellerId, params.id, now)), params.id);
    return ok(clientJson(row, now), { version: row.version });
  },
});
