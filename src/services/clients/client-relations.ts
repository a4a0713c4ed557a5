import { clientFieldEntries, type ClientFields, type InheritableField } from '../../domain/clients/client-fields.js';
import { isInheritable } from '../../domain/clients/client-inheritance.js';
import { DomainError, requireAll } from '../../domain/errors.js';
import { requireManagerOf, requireSharedOf } from '../../domain/clients/relations.js';
import { readResellerPaths } from '../../storage/clients/change-owners.js';
import { findManager } from '../../storage/clients/client-writes.js';
import { isArchived } from '../../storage/invoicing/tax-profiles.js';
import { requireOwner } from '../../storage/resellers/resellers.js';
import { lockOwnerOf } from '../../storage/resellers/shared-records.js';
import type { Transaction } from '../../storage/system/database.js';

/** What belongs to a reseller and is used by its clients and those of its sub-resellers. */
export const sharedRecords = {
  profile: { table: 'profiles', noun: 'profile' },
  payment_terms: { table: 'payment_terms', noun: 'set of payment terms' },
  tax_profile: { table: 'tax_profiles', noun: 'tax profile' },
  customer_class: { table: 'customer_classes', noun: 'customer class' },
  invoice_template: { table: 'invoice_templates', noun: 'invoice template' },
  client_template: { table: 'client_templates', noun: 'client template' },
  rate_table: { table: 'rate_tables', noun: 'rate table' },
  agreement: { table: 'agreements', noun: 'agreement' },
} as const;

type SharedField =
  | 'profileId'
  | 'paymentTermsId'
  | 'taxProfileId'
  | 'customerClassId'
  | 'invoiceTemplateId'
  | 'clientTemplateId'
  | 'originationRateTableId'
  | 'terminationRateTableId'
  | 'agreementId';
const sharedFields = clientFieldEntries.flatMap(([name, spec]) =>
  spec.type === 'reference' && spec.to in sharedRecords
    ? [{ name: name as SharedField, to: sharedRecords[spec.to as keyof typeof sharedRecords] }]
    : [],
);

type Relations = Pick<ClientFields, 'resellerId' | 'managerId' | SharedField>;

interface Related {
  /** null: a new client */
  readonly before: Relations | null;
  /** those that it has set itself */
  readonly ownFields: readonly InheritableField[];
}

/** Names what `requireRelations` checks of a new client: two with the same name are allowed alike. */
export function relationsOf(fields: ClientFields, ownFields: readonly InheritableField[]): string {
  const { resellerId, managerId, clientTemplateId } = fields;
  const shared = sharedFields.map(({ name }) => [fields[name], isInheritable(name) && ownFields.includes(name)]);
  return JSON.stringify([resellerId, managerId, clientTemplateId, shared]);
}

/**
 * Reseller, manager, profile, and the like exist, are visible within the scope, and belong together. Those that stay as
 * they were are not checked, nor is what a client has from its template: who may use the template may use what it names.
 *
 * @throws DomainError `not_found`, `conflict`
 */
export async function requireRelations(
  tx: Transaction,
  withinId: string,
  fields: Relations,
  { before, ownFields }: Related,
): Promise<void> {
  const { resellerId, managerId } = fields;
  const isInherited = (name: 'managerId' | SharedField): boolean =>
    fields.clientTemplateId !== null && isInheritable(name) && !ownFields.includes(name);
  const isMoved = resellerId !== before?.resellerId;
  const isNew = (name: 'managerId' | SharedField): boolean =>
    fields[name] !== null && !isInherited(name) && (isMoved || fields[name] !== before?.[name]);
  const changed = sharedFields.filter(({ name }) => isNew(name));
  if (!isMoved && !isNew('managerId') && changed.length === 0) return;
  const path = isMoved
    ? await requireOwner(tx, withinId, resellerId, '/resellerId')
    : ((await readResellerPaths(tx, [resellerId])).get(resellerId) ?? []);
  const requireShared = async ({ name, to }: (typeof sharedFields)[number]): Promise<void> => {
    const id = fields[name] ?? '';
    const isKept = id === before?.[name];
    const owner = await lockOwnerOf(tx, to.table, withinId, id);
    // What is from above, which a client keeps when it moves, need not be visible.
    const seen = owner && { ...owner, isVisible: owner.isVisible || isKept };
    requireSharedOf(path, { noun: to.noun, pointer: `/${name}`, id, owner: seen });
    if (name === 'taxProfileId' && !isKept && (await isArchived(tx, id))) {
      throw new DomainError('conflict', `tax profile ${id} is archived: choose another one`, '/taxProfileId');
    }
  };
  await requireAll([
    async () => {
      if (managerId === null || !isNew('managerId')) return;
      requireManagerOf(path, managerId, await findManager(tx, withinId, managerId));
    },
    ...changed.map((field) => () => requireShared(field)),
  ]);
}
