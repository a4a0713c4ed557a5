import type { ClientFieldName, NewClientFields } from '../../../domain/clients/client-fields.js';
import type { ImportFault } from '../../../domain/clients/import/import-cells.js';
import type { ImportMapping } from '../../../domain/clients/import/import-fields.js';

/** A new client as the API reads it. */
export type ImportedFields = NewClientFields & { readonly openingBalance: string };

/** A row while it is checked. */
export interface CheckedInput {
  readonly position: number;
  readonly faults: ImportFault[];
  /** null: it has faults */
  fields: ImportedFields | null;
}

export function addFault(row: CheckedInput, fault: ImportFault): void {
  row.faults.push(fault);
  row.fields = null;
}

/** The column of a field; null: the file has none. */
export function columnOf(mapping: ImportMapping, field: ClientFieldName | null): number | null {
  const column = field === null ? -1 : mapping.indexOf(field);
  return column < 0 ? null : column;
}
