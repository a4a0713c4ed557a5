import { allows } from '../../../domain/access/scopes.js';
import type { ClientFieldName } from '../../../domain/clients/client-fields.js';
import { givenOnly, newClientValues, scopesOfChange, type FieldValues } from '../../../domain/clients/field-scopes.js';
import type { ImportFault } from '../../../domain/clients/import/import-cells.js';
import { DomainError, isFailureCode } from '../../../domain/errors.js';
import { deleteImportedRow, readRowToImport, type RowToImport } from '../../../storage/clients/imports/import-rows.js';
import { change, recordedAll } from '../../change.js';
import { addClient } from '../../clients/create-client.js';
import type { RowService } from '../row-service.js';

/**
 * Creates the client of one row of a file, as the dry run left it. What the dry run refused is refused again; the rest
 * is checked as any new client is, with the rights of now.
 */
export const importClientRow: RowService<'import_clients'> = {
  async inTransaction(tx, { requester, rights, parameters, position, reason }) {
    const { importId, countFirstNotifications } = parameters;
    const row = await readRowToImport(tx, importId, position);
    if (!row) throw new DomainError('not_found', 'the uploaded file was deleted: upload it again');
    const [fault] = row.faults ?? [];
    if (fault) throw faultError(row, fault);
    if (!row.fields) throw new DomainError('conflict', 'the row was not checked: start the import again');
    const { openingBalance, ...fields } = row.fields;
    const requireAllowed = (values: FieldValues): void => {
      for (const { name, scope } of scopesOfChange(newClientValues, values)) {
        if (allows(rights.scopes, scope)) continue;
        const why = `must stay empty: the starter of the job lacks ${scope}`;
        throw new DomainError('conflict', why, `/${name}`);
      }
    };
    const counts = { countsFirst: countFirstNotifications };
    const extras = { openingBalance, reason: reason ?? 'imported', ...counts, requireAllowed };
    try {
      requireAllowed(givenOnly(row.fields));
      const { clientId } = await change(requester, async (saved) => {
        const added = await addClient(saved, requester, fields, extras);
        return recordedAll(added, added.entries);
      });
      await deleteImportedRow(tx, importId, position);
      return { outcome: 'done', clientId };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      throw atColumn(row, error.pointer.slice(1), error);
    }
  },
};

function faultError({ columns }: RowToImport, { column, code, detail }: ImportFault): DomainError {
  const header = column === null ? undefined : columns[column];
  return new DomainError(
    isFailureCode(code) ? code : 'invalid',
    header === undefined ? detail : `${header}: ${detail}`,
  );
}

/** The same error, which names the column of the file. */
function atColumn(
  { columns, mapping }: RowToImport,
  field: ClientFieldName | (string & {}),
  { code, message, pointer }: DomainError,
): DomainError {
  const header = columns[mapping.indexOf(field)];
  return header === undefined
    ? new DomainError(code, message, pointer)
    : new DomainError(code, `${header}: ${message}`, pointer);
}
