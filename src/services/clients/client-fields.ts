import { changeableFields, clientFieldSpecs, type ClientFields } from '../../domain/clients/client-fields.js';
import { DomainError } from '../../domain/errors.js';
import { formatMoney, moneyOf } from '../../domain/money.js';
import type { StoredFields } from '../../storage/clients/clients.js';
import type { ChangeEntry } from '../change.js';

/**
 * What can be changed of a client.
 *
 * @throws DomainError `client_deleted`: nothing can
 */
export function clientFieldsOf(row: StoredFields): ClientFields {
  if (row.status === 'deleted') throw new DomainError('client_deleted', 'the client is deleted and accepts no changes');
  const values = changeableFields.map((name) => [name, valueOf(row, name)] as const);
  // `changeableFields` has each name of `ClientFields`.
  return Object.fromEntries(values) as unknown as ClientFields;
}

/** Amounts are written in one form, so that the audit row shows no change where there is none. */
function valueOf(row: StoredFields, name: keyof ClientFields): unknown {
  const value = row[name];
  return clientFieldSpecs[name].type === 'money' && value !== null ? formatMoney(moneyOf(String(value))) : value;
}

/** The audit row of a change of a client. */
export function clientEntry(
  action: string,
  clientId: string,
  { reason, before, after }: Pick<ChangeEntry, 'before' | 'after'> & { readonly reason: string | null },
): ChangeEntry {
  return { action, subjectType: 'client', subjectId: clientId, clientId, reason, before, after };
}
