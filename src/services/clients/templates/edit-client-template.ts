import {
  changedNames,
  inheritableFields,
  inheritValues,
  type TemplateValues,
} from '../../../domain/clients/client-inheritance.js';
import type { ClientFields, InheritableField } from '../../../domain/clients/client-fields.js';
import { requireFitting, requireTemplate, type ClientTemplateFields } from '../../../domain/clients/client-template.js';
import { DomainError } from '../../../domain/errors.js';
import { readResellerPaths } from '../../../storage/clients/change-owners.js';
import { clientTemplateTable, type ClientTemplateRow } from '../../../storage/clients/templates/client-templates.js';
import {
  detachClients,
  lockTemplateClients,
  readTemplateClients,
  signalTemplateClients,
  templateClientBatch,
  writeTemplateValues,
  type TemplateClient,
} from '../../../storage/clients/templates/inherited-values.js';
import { findShared, lockShared, updateShared } from '../../../storage/resellers/shared-records.js';
import type { Queries, Transaction } from '../../../storage/system/database.js';
import { change, recordedAll, type ChangeEntry, type Requester } from '../../change.js';
import { endGrantOfUnlimited } from '../../credit/cancel-open-grant.js';
import { confirmImpact, type ConfirmImpact } from '../../profiles/compute-impact.js';
import { existingShared, sharedEntry } from '../../shared-record.js';
import { auditedValue } from '../client-fields.js';
import { requireChangedTerms } from '../require-auto-payment.js';
import { clientTemplateKind, requireCreditOfTemplate } from './client-templates.js';
import { planTemplateEdit } from './plan-template.js';
import { requireTemplateReferences } from './template-references.js';

interface TemplateEdit {
  /** what takes the place of the template that was read */
  readonly fieldsFor: (before: ClientTemplateRow) => ClientTemplateFields;
  readonly reason: string | null;
  readonly confirm: ConfirmImpact;
  /** Called with the template, and again when it is locked. Throws where the requester has not read this version. */
  readonly precondition: (row: ClientTemplateRow) => void;
}

export interface EditedTemplate {
  readonly row: ClientTemplateRow;
  /** whose values changed */
  readonly clientsUpdated: number;
}

/**
 * Changes a template together with the values that its clients have of it. Their monitors are signaled as those of an
 * edited profile are.
 *
 * @throws DomainError `not_found`; `invalid` for values that no client can have together; `conflict` where a client could
 * not have them next to its own; `credit_above_maximum`
 */
export async function editClientTemplate(
  requester: Requester,
  id: string,
  edit: TemplateEdit,
): Promise<EditedTemplate> {
  const { scope } = requester;
  const found = await scope.read((q) => findShared(q, clientTemplateTable, scope.resellerId, id));
  const read = existingShared(clientTemplateKind, found, id);
  edit.precondition(read);
  const draft = edit.fieldsFor(read);
  requireTemplate(draft);
  const plan = (): ReturnType<typeof planTemplateEdit> => planTemplateEdit(requester, read, draft.values);
  await confirmImpact(requester, { clientTemplateId: id }, plan, edit.confirm);
  return change(requester, async (tx) => {
    const before = existingShared(
      clientTemplateKind,
      await lockShared(tx, clientTemplateTable, scope.resellerId, id),
      id,
    );
    edit.precondition(before);
    const fields = edit.fieldsFor(before);
    requireTemplate(fields);
    const path = (await readResellerPaths(tx, [before.resellerId])).get(before.resellerId) ?? [];
    await requireTemplateReferences(tx, scope.resellerId, path, fields.values, before.values);
    await requireCreditOfTemplate(tx, requester, fields, before.values);
    await updateShared(tx, clientTemplateTable, id, fields);
    const row = existingShared(clientTemplateKind, await findShared(tx, clientTemplateTable, scope.resellerId, id), id);
    const entries = await rewriteClients(tx, requester, { before, after: row, reason: edit.reason });
    const clientsUpdated = entries.filter(({ action }) => action === 'client.update').length;
    const ofTemplate = sharedEntry(clientTemplateKind, 'update', edit.reason, before, row);
    return recordedAll({ row, clientsUpdated }, [ofTemplate, ...entries]);
  });
}

interface Rewrite {
  readonly before: ClientTemplateRow;
  readonly after: ClientTemplateRow;
  readonly reason: string | null;
}

/**
 * Writes what changed to the clients of a locked template. A deleted client that could not have it keeps what it has, and
 * loses the template. Returns the audit rows of the clients.
 */
async function rewriteClients(
  tx: Transaction,
  requester: Requester,
  { before, after, reason }: Rewrite,
): Promise<ChangeEntry[]> {
  const names = changedNames(before.values, after.values);
  if (names.length === 0 && before.currency === after.currency) return [];
  await lockTemplateClients(tx, after.id);
  const entries: ChangeEntry[] = [];
  const unfit: string[] = [];
  for await (const { client, values } of changedClients(tx, before.values, after)) {
    const why = await misfitOf(tx, client, values, after.currency);
    if (why !== null && client.status === 'deleted') unfit.push(client.id);
    else if (why !== null) throw misfit(client, why);
    const own = names.filter((name) => !client.ownFields.includes(name));
    if (own.length === 0) continue;
    if (values.balanceModel === 'unlimited' && client.balanceModel !== 'unlimited') {
      const ended = await endGrantOfUnlimited(tx, requester, client, reason);
      if (ended) entries.push(ended);
    }
    if (client.status !== 'deleted') entries.push(clientEntry(client, values, own, reason));
  }
  await detachClients(tx, unfit, inheritableFields);
  if (names.length === 0) return entries;
  const limit = {
    ...{ actorId: requester.actor.id, at: new Date(requester.now) },
    reason: reason ?? `client template ${after.name}`,
  };
  await writeTemplateValues(tx, after.id, { names, values: after.values }, limit);
  await signalTemplateClients(tx, after.id, names);
  return entries;
}

/** Each client of a template with the values that it gets. */
export async function* changedClients(
  q: Queries,
  before: TemplateValues,
  after: Pick<ClientTemplateRow, 'id' | 'values'>,
): AsyncGenerator<{ readonly client: TemplateClient; readonly values: Pick<ClientFields, InheritableField> }> {
  let afterId = '0';
  for (;;) {
    const clients = await readTemplateClients(q, after.id, afterId);
    for (const client of clients) {
      const { ownFields, resellerLocale } = client;
      const sources = { before, after: after.values, resellerLocale };
      yield { client, values: inheritValues({ values: client, ownFields }, {}, sources).values };
    }
    const last = clients.at(-1);
    if (!last || clients.length < templateClientBatch) return;
    afterId = last.id;
  }
}

function misfit(client: TemplateClient, why: string): DomainError {
  return new DomainError(
    'conflict',
    `client ${client.id} can’t have these values next to its own: ${why}. Change the client first, or detach it`,
    '/values',
  );
}

/** Why a client could not have these values, as an edit of the client would say; null: it could. */
export async function misfitOf(
  q: Queries,
  client: TemplateClient,
  values: Pick<ClientFields, InheritableField>,
  currency: string | null,
): Promise<string | null> {
  const fields = { ...client, ...values };
  try {
    requireFitting(fields, currency);
    await requireChangedTerms(q, fields, client);
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return `${error.pointer.slice(1)} ${error.message}`.trim();
  }
}

function clientEntry(
  client: TemplateClient,
  values: Pick<ClientFields, InheritableField>,
  names: readonly InheritableField[],
  reason: string | null,
): ChangeEntry {
  const of = (fields: Pick<ClientFields, InheritableField>): Record<string, unknown> =>
    Object.fromEntries(names.map((name) => [name, auditedValue(name, fields[name])]));
  return {
    ...{ action: 'client.update', subjectType: 'client', subjectId: client.id, clientId: client.id, reason },
    before: of(client),
    after: of(values),
  };
}
