import { givenOnly } from '../../../domain/clients/field-scopes.js';
import { DomainError } from '../../../domain/errors.js';
import { deleteClient } from '../../../services/clients/delete-client.js';
import { updateClient } from '../../../services/clients/update-client.js';
import type { ClientRow } from '../../../storage/clients/clients.js';
import { ok } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { clientJson } from './convert.js';
import { requireFieldRights } from './field-rights.js';
import { clientParams } from './read-client.js';
import { clientAnswerExample, clientPatch, clientSchema } from './schema.js';

/** A deleted client accepts no changes. @throws DomainError `invalid` */
function requireAlone(fields: object): void {
  const [name] = Object.keys(fields);
  if (name === undefined) return;
  throw new DomainError('invalid', 'can’t be changed together with the deletion: send it before', `/${name}`);
}

const autoPaymentProblems = ['auto_payment_no_threshold', 'auto_payment_no_card', 'auto_payment_in_flight'] as const;

export const updateClientOperation = defineOperation({
  id: 'updateClient',
  method: 'patch',
  path: '/v1/clients/{id}',
  area: 'clients',
  summary: 'Change fields of a client',
  description:
    'Absent fields keep their values, null clears a field: one that a client template can set then has the value of the template, else the default. Changes of the credit limit are part of its history and need a `reason`. ' +
    'Changing the credit limit or the balance model also requires the scope `credit:write`.',
  scope: 'clients:write',
  needsIfMatch: true,
  request: { params: clientParams, body: clientPatch },
  example: { status: 'stop', reason: 'contract ended' },
  responses: { 200: { description: 'The client', schema: clientSchema, example: clientAnswerExample } },
  problems: [
    'conflict',
    'already_exists',
    'currency_mismatch',
    'client_deleted',
    'client_unlimited',
    'credit_above_maximum',
    'no_rate',
    ...autoPaymentProblems,
  ],
  async handler({ params, body, caller, requester, ifMatch, now }) {
    const { reason = null, status, ...fields } = body;
    const requireRead = (before: ClientRow): void => requireVersion(ifMatch, before.version, clientJson(before, now));
    if (status === 'deleted') {
      requireAlone(fields);
      const deleted = await deleteClient(requester, params.id, { reason }, (before) => {
        requireFieldRights(caller, before, { status });
        requireRead(before);
      });
      return ok(clientJson(deleted, now), { version: deleted.version });
    }
    const patch = { ...fields, ...(status && { status }) };
    const requireAllowed = (before: object, after: object): void => requireFieldRights(caller, before, after);
    const row = await updateClient(requester, params.id, { patch, reason, requireAllowed }, (before) => {
      requireRead(before);
      requireAllowed(before, givenOnly(patch));
    });
    return ok(clientJson(row, now), { version: row.version });
  },
});
