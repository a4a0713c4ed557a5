import type { ImportFault } from '../../../domain/clients/import/import-cells.js';
import { referredBy, type ImportMapping } from '../../../domain/clients/import/import-fields.js';
import { readIdsByName } from '../../../storage/clients/imports/import-names.js';
import type { Transaction } from '../../../storage/system/database.js';

const idForm = /^[1-9]\d{0,17}$/;

interface Input {
  values: Readonly<Record<string, unknown>>;
  faults: readonly ImportFault[];
}

/** Puts ids in place of the names that rows have for resellers, managers, profiles, and the like. */
export async function resolveNames(
  tx: Transaction,
  withinId: string,
  mapping: ImportMapping,
  inputs: readonly Input[],
): Promise<void> {
  for (const [column, field] of mapping.entries()) {
    const to = field === null ? null : referredBy(field);
    if (field === null || to === null) continue;
    const named = inputs.flatMap((input) => {
      const text = input.values[field];
      return typeof text === 'string' && !idForm.test(text) ? [{ input, text }] : [];
    });
    if (named.length === 0) continue;
    const idsOf = await readIdsByName(tx, withinId, to, [...new Set(named.map(({ text }) => text))]);
    for (const { input, text } of named) {
      const ids = idsOf.get(text.toLowerCase()) ?? [];
      const [id] = ids;
      if (ids.length === 1) input.values = { ...input.values, [field]: id };
      else {
        const detail =
          ids.length === 0
            ? 'nothing that you can see has this name: check its spelling, or give the id'
            : `${ids.length} have this name: give the id`;
        input.faults = [...input.faults, { column, field, code: ids.length === 0 ? 'not_found' : 'conflict', detail }];
      }
    }
  }
}
