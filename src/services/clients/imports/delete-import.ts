import { deleteImportRows } from '../../../storage/clients/imports/imports.js';
import { change, recorded, type Requester } from '../../change.js';
import { importEntry } from './import-entry.js';
import { requireOpenImport } from './require-import.js';

/** Deletes an uploaded file that was not started. @throws DomainError `not_found`, `conflict` */
export function deleteImport(requester: Requester, id: string): Promise<void> {
  return change(requester, async (tx) => {
    const row = await requireOpenImport(tx, requester, id);
    await deleteImportRows(tx, id);
    const before = { format: row.format, rows: row.rows };
    return recorded(undefined, importEntry('import.delete', row, { before, after: null }));
  });
}
