import { DomainError } from '../../../domain/errors.js';
import { findClientAccount } from '../../../storage/accounts/accounts.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { accountJson, accountParams, accountSchema } from './schema.js';

export const readAccountOperation = defineOperation({
  id: 'readAccount',
  method: 'get',
  path: '/v1/accounts/{id}',
  area: 'accounts',
  summary: 'Get an account under a client',
  scope: 'clients:read',
  request: { params: accountParams },
  responses: { 200: { description: 'The account', schema: accountSchema } },
  async handler({ params, scope, now }) {
    const row = await scope.read((q) => findClientAccount(q, scope.resellerId, params.id, now));
    if (!row) throw new DomainError('not_found', `there is no account ${params.id}`, '/path/id');
    return ok(accountJson(row), { version: row.version });
  },
});
