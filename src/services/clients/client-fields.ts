import { changeableFields, clientFieldSpecs, type ClientFields } from '../../domain/clients/client-fields.js';
import { DomainError } from '../../domain/errors.js';
import { formatMoney, moneyOf } from '../../domain/money.js';
import { fromEntries } from '../../domain/records.js';
import type { ClientRow, StoredFields } from '../../storage/clients/clients.js';
import type { ChangeEntry } from '../change.js';

/**
 * What can be changed of a client.
 *
 * @throws DomainError `client_deleted`: nothing can
 */
export function clientFieldsOf(row: StoredFields): ClientFields {
  if (row.status === 'deleted') throw new DomainError('client_deleted', 'the client is deleted and accepts no changes');
  return fromEntries<ClientFields>(changeableFields.map((name) => [name, valueOf(row, name)]));
}

function valueOf(row: StoredFields, name: keyof ClientFields): unknown {
  return auditedValue(name, row[name]);
}

/** Amounts are written in one form, so that the audit row shows no change where there is none. */
export function auditedValue(name: keyof ClientFields, value: unknown): unknown {
  return clientFieldSpecs[name].type === 'money' && value !== null ? formatMoney(moneyOf(String(value))) : value;
}

/** What the audit row has of a client: its fields, and which of them it has set itself. */
export function auditedFields(row: ClientRow): Readonly<Record<string, unknown>> {
  return { ...clientFieldsOf(row), ownFields: row.ownFields };
}

/** The audit row of a change of a client. */
export function clientEntry(
  action: string,
  clientId: string,
  { reason, before, after }: Pick<ChangeEntry, 'before' | 'after'> & { readonly reason: string | null },
): ChangeEntry {
  return { action, subjectType: 'client', subjectId: clientId, clientId, reason, before, after };
}
