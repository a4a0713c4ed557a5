import type { ClientFieldName } from '../../../domain/clients/client-fields.js';
import { readCells, type ImportFault } from '../../../domain/clients/import/import-cells.js';
import type { ImportMapping } from '../../../domain/clients/import/import-fields.js';
import { DomainError } from '../../../domain/errors.js';
import {
  readRowsToCheck,
  saveChecks,
  type CheckedRow,
  type RowToCheck,
} from '../../../storage/clients/imports/import-rows.js';
import { saveProgress } from '../../../storage/clients/imports/imports.js';
import type { Transaction } from '../../../storage/system/database.js';
import { change, unrecorded, type Requester } from '../../change.js';
import { addFault, columnOf, type CheckedInput, type ImportedFields } from './checked-row.js';
import { fieldChecks } from './check-fields.js';
import { requireFreeIds } from './check-external-ids.js';
import { resolveNames } from './resolve-names.js';
import { requireOpenImport } from './require-import.js';

/** Holds the fields of a row against the schema of a new client, and against what the caller may set. */
export type ReadFields = (
  values: Readonly<Record<string, unknown>>,
) => { readonly fields: ImportedFields } | { readonly faults: readonly Omit<ImportFault, 'column'>[] };

const chunkRows = 500;

/**
 * Checks the next rows of an import as the job would, without making a client. Repeated or interrupted, it continues
 * where it was.
 *
 * @returns whether rows are left
 * @throws DomainError `not_found`; `conflict` when it was started, or has no mapping
 */
export function checkImport(requester: Requester, id: string, read: ReadFields): Promise<boolean> {
  return change(requester, async (tx) => {
    const { columns, mapping, checked, invalid, rows } = await requireOpenImport(tx, requester, id);
    if (mapping === null) {
      throw new DomainError('conflict', 'the import has no mapping: save one first', '/path/id');
    }
    const found = await readRowsToCheck(tx, id, checked, chunkRows);
    const inputs = found.map((row) => readInput(mapping, columns.length, row));
    await resolveNames(tx, requester.scope.resellerId, mapping, inputs);
    const checkedRows = inputs.map((input) => readRow(mapping, input, read));
    await requireFreeIds(tx, { importId: id, checked, mapping }, checkedRows);
    await requireAllowed(tx, requester, mapping, checkedRows);
    await saveChecks(tx, id, checkedRows.map(resultOf));
    const progress = {
      checked: checked + found.length,
      invalid: invalid + checkedRows.filter(({ fields }) => fields === null).length,
    };
    await saveProgress(tx, id, progress);
    return unrecorded(progress.checked < rows);
  });
}

/** A row of another length than the header has been cut or shifted: which cell belongs where would be a guess. */
function readInput(mapping: ImportMapping, columns: number, { position, cells }: RowToCheck): ReadInput {
  if (cells.length === columns) return { position, ...readCells(mapping, cells) };
  const detail = `must have ${columns} cells, as the first row: it has ${cells.length}`;
  return { position, values: {}, faults: [{ column: null, field: null, code: 'invalid', detail }] };
}

interface ReadInput {
  readonly position: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly faults: readonly ImportFault[];
}

function readRow(mapping: ImportMapping, { position, values, faults }: ReadInput, read: ReadFields): CheckedInput {
  if (faults.some(({ field }) => field === null)) return { position, faults: [...faults], fields: null };
  const result = read(values);
  // What could not be read of a cell is said once: its field then seems to be missing.
  const known = new Set(faults.map(({ field }) => field));
  const more = 'faults' in result ? result.faults.filter(({ field }) => field === null || !known.has(field)) : [];
  const all = [...faults, ...more.map((fault) => ({ ...fault, column: columnOf(mapping, fault.field) }))];
  return { position, faults: all, fields: 'fields' in result && all.length === 0 ? result.fields : null };
}

/** What depends on the database and on the requester. */
async function requireAllowed(
  tx: Transaction,
  requester: Requester,
  mapping: ImportMapping,
  rows: readonly CheckedInput[],
): Promise<void> {
  const check = fieldChecks(tx, requester);
  for (const row of rows) {
    const fault = row.fields ? await check(row.fields) : null;
    if (fault) addFault(row, faultOf(mapping, fault));
  }
}

function faultOf(mapping: ImportMapping, { code, message, pointer }: DomainError): ImportFault {
  const [, name] = pointer.split('/');
  const field = (mapping.find((known) => known === name) ?? null) as ClientFieldName | null;
  return { column: columnOf(mapping, field), field, code, detail: message };
}

function resultOf({ position, faults, fields }: CheckedInput): CheckedRow {
  return fields ? { position, fields: { ...fields } } : { position, faults };
}
