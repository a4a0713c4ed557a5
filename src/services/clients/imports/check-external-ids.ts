import type { ImportMapping } from '../../../domain/clients/import/import-fields.js';
import { readCheckedIds, readUsedIds } from '../../../storage/clients/imports/import-rows.js';
import type { Transaction } from '../../../storage/system/database.js';
import { addFault, columnOf, type CheckedInput } from './checked-row.js';

interface Checked {
  readonly importId: string;
  /** rows that were checked before these */
  readonly checked: number;
  readonly mapping: ImportMapping;
}

/**
 * An external id is one of a reseller's clients. A row that has one that a client has already, or an earlier row of the
 * file, is refused: an import creates clients and changes none.
 */
export async function requireFreeIds(
  tx: Transaction,
  { importId, checked, mapping }: Checked,
  rows: readonly CheckedInput[],
): Promise<void> {
  const ids = rows.flatMap(({ fields }) => fields?.externalId ?? []);
  if (ids.length === 0) return;
  const used = await readUsedIds(tx, ids);
  const earlier = new Map<string, number | null>(await readCheckedIds(tx, importId, checked, ids));
  const column = columnOf(mapping, 'externalId');
  for (const row of rows) {
    const { fields } = row;
    if (!fields || fields.externalId === null) continue;
    const key = `${fields.resellerId}/${fields.externalId}`;
    const refuse = (detail: string): void =>
      addFault(row, { column, field: 'externalId', code: 'already_exists', detail });
    if (used.has(key)) {
      refuse('a client of the reseller has this external id: remove the row, or change the client itself');
    } else if (earlier.has(key)) {
      refuse('an earlier row of the file has this external id: remove one of them, or give it another id');
    } else earlier.set(key, null);
  }
}
