import type { ClientFieldName } from '../../../domain/clients/client-fields.js';
import { requiredFields, type ImportMapping } from '../../../domain/clients/import/import-fields.js';
import { DomainError } from '../../../domain/errors.js';
import { saveMapping } from '../../../storage/clients/imports/imports.js';
import { change, unrecorded, type Requester } from '../../change.js';
import { requireOpenImport } from './require-import.js';

/**
 * Says which field each column of an uploaded file is. The dry run then begins again.
 *
 * @throws DomainError `not_found`, `conflict`; `invalid` with a pointer to the column
 */
export function mapImport(requester: Requester, id: string, mapping: ImportMapping): Promise<void> {
  return change(requester, async (tx) => {
    const { columns } = await requireOpenImport(tx, requester, id);
    requireMapping(mapping, columns.length);
    await saveMapping(tx, id, mapping);
    // It is no data of anyone yet: the job that imports the file has its audit rows.
    return unrecorded(undefined);
  });
}

function requireMapping(mapping: ImportMapping, columns: number): void {
  if (mapping.length !== columns) {
    throw new DomainError('invalid', `must have ${columns} entries, one for each column of the file`, '/fields');
  }
  const first = new Map<ClientFieldName, number>();
  mapping.forEach((field, column) => {
    if (field === null) return;
    const other = first.get(field);
    if (other !== undefined) {
      throw new DomainError(
        'invalid',
        `must name each field once: column ${other + 1} is ${field} already`,
        `/fields/${column}`,
      );
    }
    first.set(field, column);
  });
  const missing = requiredFields.filter((field) => !first.has(field));
  if (missing.length === 0) return;
  throw new DomainError('invalid', `must include ${missing.join(' and ')}: choose a column for each`, '/fields');
}
