import { newClientValues } from '../../../domain/clients/field-scopes.js';
import { createAccount } from '../../../services/accounts/create-account.js';
import { created } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { requireFieldRights } from '../clients/field-rights.js';
import { accountBody, accountJson, accountParams, accountSchema } from './schema.js';

export const createAccountOperation = defineOperation({
  id: 'createAccount',
  method: 'post',
  path: '/v1/clients/{id}/accounts',
  area: 'accounts',
  summary: 'Add an account under a client',
  description: 'The balance starts at 0. Payments that name the account and transfers to it increase the balance.',
  scope: 'clients:write',
  request: { params: accountParams, body: accountBody },
  example: { externalId: '380501234567', kind: 'debit' },
  responses: { 201: { description: 'The account', schema: accountSchema } },
  problems: ['client_deleted', 'already_exists', 'credit_above_maximum', 'no_rate'],
  async handler({ params, body, caller, requester }) {
    requireFieldRights(caller, newClientValues, { creditLimit: body.creditLimit });
    const { reason = null, ...fields } = body;
    const row = await createAccount(requester, { ...fields, clientId: params.id }, reason);
    return created(`/v1/accounts/${row.id}`, accountJson(row), { version: row.version });
  },
});
