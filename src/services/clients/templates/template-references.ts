import { clientFieldSpecs } from '../../../domain/clients/client-fields.js';
import { inheritableFields, type TemplateValues } from '../../../domain/clients/client-inheritance.js';
import { requireSharedOf } from '../../../domain/clients/relations.js';
import { DomainError } from '../../../domain/errors.js';
import { isArchived } from '../../../storage/invoicing/tax-profiles.js';
import { lockOwnerOf } from '../../../storage/resellers/shared-records.js';
import type { Transaction } from '../../../storage/system/database.js';
import { sharedRecords } from '../client-relations.js';

/**
 * What a template refers to exists, is visible within the scope, and belongs to the reseller of the template or to one
 * above it: so each client that may have the template may have that.
 *
 * @param path ids from the root down to the template's reseller
 * @throws DomainError `not_found`, `conflict`
 */
export async function requireTemplateReferences(
  tx: Transaction,
  withinId: string,
  path: readonly string[],
  values: TemplateValues,
  before: TemplateValues,
): Promise<void> {
  for (const name of inheritableFields) {
    const spec = clientFieldSpecs[name];
    const id = values[name] ?? null;
    if (spec.type !== 'reference' || id === null || id === before[name]) continue;
    const { table, noun } = sharedRecords[spec.to];
    const owner = await lockOwnerOf(tx, table, withinId, String(id));
    const pointer = `/values/${name}`;
    requireSharedOf(path, { noun, pointer, id: String(id), owner, whose: "the template's reseller" });
    if (name === 'taxProfileId' && (await isArchived(tx, String(id)))) {
      throw new DomainError('conflict', `tax profile ${String(id)} is archived: choose another one`, pointer);
    }
  }
}
