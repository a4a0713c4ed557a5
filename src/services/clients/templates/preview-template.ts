import type { InheritableField } from '../../../domain/clients/client-fields.js';
import {
  changedNames,
  inheritableFields,
  inheritedValue,
  type InheritedValue,
  type TemplateValues,
} from '../../../domain/clients/client-inheritance.js';
import { requireLowBalance } from '../../../domain/clients/low-balance.js';
import { requireFitting, requireTemplate, type ClientTemplateFields } from '../../../domain/clients/client-template.js';
import { requireSharedOf } from '../../../domain/clients/relations.js';
import { DomainError } from '../../../domain/errors.js';
import { maxListedClients, type NotificationImpact } from '../../../domain/profiles/notification-impact.js';
import { readResellerPaths } from '../../../storage/clients/change-owners.js';
import { findClient } from '../../../storage/clients/clients.js';
import { findShared } from '../../../storage/resellers/shared-records.js';
import type { Queries } from '../../../storage/system/database.js';
import { clientTemplateTable, type ClientTemplateRow } from '../../../storage/clients/templates/client-templates.js';
import type { Requester } from '../../change.js';
import { computeImpact } from '../../profiles/compute-impact.js';
import { clientFieldsOf } from '../client-fields.js';
import { inheritForPreview, withInherited } from './client-inheritance.js';
import { clientTemplateKind } from './client-templates.js';
import { changedClients, misfitOf } from './edit-client-template.js';
import { planClientChange, planTemplateEdit } from './plan-template.js';

/** A client that an edit would be refused for. */
interface RefusedClient {
  readonly clientId: string;
  readonly name: string;
  readonly detail: string;
}

export interface TemplatePreview {
  /** that have the template and are not deleted */
  readonly clients: number;
  /** whose values would change */
  readonly changed: number;
  /** of each field that changes: how many clients inherit it */
  readonly fields: readonly { readonly field: InheritableField; readonly clients: number }[];
  readonly refused: { readonly count: number; readonly data: readonly RefusedClient[] };
  readonly impact: NotificationImpact;
}

/**
 * What an edit of a template would do to its clients.
 *
 * @throws DomainError as the edit would, for the values themselves
 */
export async function previewTemplateEdit(
  requester: Requester,
  stored: ClientTemplateRow,
  draft: ClientTemplateFields,
): Promise<TemplatePreview> {
  requireTemplate(draft);
  const { scope, now } = requester;
  const names = changedNames(stored.values, draft.values);
  const counts = new Map(names.map((name) => [name, 0]));
  const refused: RefusedClient[] = [];
  let [clients, changed, misfits] = [0, 0, 0];
  await scope.read(async (q) => {
    const after = { id: stored.id, values: draft.values };
    for await (const { client, values } of changedClients(q, stored.values, after)) {
      if (client.status === 'deleted') continue;
      clients++;
      const inherited = names.filter((name) => !client.ownFields.includes(name));
      if (inherited.length > 0) changed++;
      for (const name of inherited) counts.set(name, (counts.get(name) ?? 0) + 1);
      const detail = await misfitOf(q, client, values, draft.currency);
      if (detail === null) continue;
      misfits++;
      if (refused.length < maxListedClients) refused.push({ clientId: client.id, name: client.name, detail });
    }
  });
  const plan = await planTemplateEdit(requester, stored, draft.values);
  const impact = await computeImpact(scope, { selection: { clientTemplateId: stored.id }, ...plan }, now);
  const fields = [...counts].map(([field, count]) => ({ field, clients: count }));
  return { clients, changed, fields, refused: { count: misfits, data: refused }, impact };
}

export interface AppliedTemplate {
  readonly fields: Readonly<
    Record<InheritableField, { readonly before: InheritedValue; readonly after: InheritedValue }>
  >;
  /** tags that the client would get */
  readonly newTags: readonly string[];
  readonly impact: NotificationImpact;
}

interface Application {
  /** null: none */
  readonly clientTemplateId: string | null;
  readonly clearOwn: boolean;
}

/**
 * What giving a client another template would do, or taking it away.
 *
 * @throws DomainError `not_found`, `client_deleted`, and as `updateClient`
 */
export async function previewClientTemplate(
  requester: Requester,
  clientId: string,
  { clientTemplateId, clearOwn }: Application,
): Promise<AppliedTemplate> {
  const { scope, now } = requester;
  const { row, before, inherited } = await scope.readSnapshot(async (tx) => {
    const client = await findClient(tx, scope.resellerId, clientId, now);
    if (!client) throw new DomainError('not_found', `there is no client ${clientId}`, '/path/id');
    const fields = clientFieldsOf(client);
    const { ownFields, templateValues } = client;
    const change = { given: {}, clientTemplateId, clearOwn, currency: fields.currency };
    const found = await inheritForPreview(tx, { fields, ownFields, templateValues }, change);
    if (clientTemplateId !== null && clientTemplateId !== fields.clientTemplateId) {
      await requireUsable(tx, requester, fields.resellerId, clientTemplateId);
    }
    return { row: client, before: fields, inherited: found };
  });
  const after = withInherited(before, inherited);
  const { template } = inherited;
  requireFitting(after, template?.currency ?? null);
  requireLowBalance(after, after.originationCapacity);
  const plan = await planClientChange(requester, before, after);
  const impact = await computeImpact(scope, { selection: { inheritingIds: [clientId] }, ...plan }, now);
  const values = (name: InheritableField, of: typeof before, own: typeof row.ownFields, from: TemplateValues | null) =>
    inheritedValue(name, of, own, from);
  const fields = inheritableFields.map((name) => [
    name,
    {
      before: values(name, before, row.ownFields, row.templateValues),
      after: values(name, after, inherited.ownFields, template?.values ?? null),
    },
  ]);
  const newTags = after.tags.slice(before.tags.length);
  return { fields: Object.fromEntries(fields) as AppliedTemplate['fields'], newTags, impact };
}

/** @throws DomainError `not_found`, `conflict`, as giving it to a client does */
async function requireUsable(q: Queries, { scope }: Requester, resellerId: string, id: string): Promise<void> {
  const path = (await readResellerPaths(q, [resellerId])).get(resellerId) ?? [];
  const found = await findShared(q, clientTemplateTable, scope.resellerId, id);
  const owner = found && { resellerId: found.resellerId, isVisible: true };
  requireSharedOf(path, { noun: clientTemplateKind.noun, pointer: '/clientTemplateId', id, owner });
}
