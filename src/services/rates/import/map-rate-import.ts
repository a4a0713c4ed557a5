import { DomainError } from '../../../domain/errors.js';
import type { RateImportOptions } from '../../../domain/rates/import/import-options.js';
import { requiredRateFields, type RateImportField, type RateMapping } from '../../../domain/rates/import/rate-cells.js';
import { saveRateMapping } from '../../../storage/rates/import/rate-imports.js';
import { change, unrecorded, type Requester } from '../../change.js';
import { requireOpenRateImport } from './require-rate-import.js';

/**
 * Says which field each column of an uploaded file is, and how it is imported. The dry run then begins again.
 *
 * @throws DomainError `not_found`, `conflict`; `invalid` with a pointer to the column
 */
export function mapRateImport(
  requester: Requester,
  id: string,
  { mapping, options }: { readonly mapping: RateMapping; readonly options: RateImportOptions },
): Promise<void> {
  return change(requester, async (tx) => {
    const { columns } = await requireOpenRateImport(tx, requester, id);
    requireMapping(mapping, columns.length);
    await saveRateMapping(tx, id, mapping, options);
    return unrecorded(undefined);
  });
}

function requireMapping(mapping: RateMapping, columns: number): void {
  if (mapping.length !== columns) {
    throw new DomainError('invalid', `must have ${columns} entries, one for each column of the file`, '/fields');
  }
  const first = new Map<RateImportField, number>();
  mapping.forEach((field, column) => {
    if (field === null) return;
    const other = first.get(field);
    if (other !== undefined) {
      const detail = `must name each field once: column ${other + 1} is ${field} already`;
      throw new DomainError('invalid', detail, `/fields/${column}`);
    }
    first.set(field, column);
  });
  const missing = requiredRateFields.filter((field) => !first.has(field));
  if (missing.length === 0) return;
  throw new DomainError('invalid', `must include ${missing.join(' and ')}: choose a column for each`, '/fields');
}
