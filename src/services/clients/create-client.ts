import { requireLowBalance } from '../../domain/clients/low-balance.js';
import { requirePanelLogin } from '../../domain/clients/panel-login.js';
import { requireNoLimitBeside } from '../../domain/clients/relations.js';
import type { ClientFields, InheritableField, NewClientFields } from '../../domain/clients/client-fields.js';
import type { OwnReason } from '../../domain/credit/own-reasons.js';
import { requireAll } from '../../domain/errors.js';
import { parseMoney } from '../../domain/money.js';
import { parseWarningThresholds } from '../../domain/monitoring/rules.js';
import { insertClients } from '../../storage/clients/client-writes.js';
import { findClient, type ClientRow } from '../../storage/clients/clients.js';
import { postOpeningBalances } from '../../storage/ledger/ledger.js';
import { enqueueSignal } from '../../storage/monitoring/outbox.js';
import type { Transaction } from '../../storage/system/database.js';
import { change, recordedAll, type ChangeEntry, type Requester } from '../change.js';
import { limitCredit } from '../credit/limit-credit.js';
import { requireUnlimitedAllowed } from '../credit/require-limit-allowed.js';
import { clientEntry, clientFieldsOf } from './client-fields.js';
import { requireAutoPaymentTerms } from './require-auto-payment.js';
import { relationsOf, requireRelations } from './client-relations.js';
import { inheritanceOfNew, newClientFields, type NewClientSources } from './templates/client-inheritance.js';

/** What one client is made of. */
export interface NewClient {
  readonly given: NewClientFields;
  /** recorded as an adjustment with the id `opening` */
  readonly openingBalance: string;
}

interface SharedExtras {
  readonly reason: string | null;
  /** the first notification of each rule that is low at the first evaluation counts as already sent */
  readonly countsFirst?: boolean;
  /** Called with the values that the client would have, also those of its template. Throws where the requester may not set them. */
  readonly requireAllowed?: (fields: ClientFields) => void;
}

type NewClientExtras = SharedExtras & Pick<NewClient, 'openingBalance'>;

/**
 * Adds a client with its balance and has its monitor started. What is not given, it has from its template.
 *
 * @throws DomainError `invalid` for warning thresholds that do not fit the balance model
 * and for low balance settings without their threshold, or a capacity that is not below the normal one,
 * `not_found` (reseller, manager, profile, template), `conflict` (they do not belong together), `already_exists` (externalId)
 */
export function createClient(
  requester: Requester,
  given: NewClientFields,
  extras: NewClientExtras,
): Promise<ClientRow> {
  const { scope, now } = requester;
  return change(requester, async (tx) => {
    const { clientIds, entries } = await addClients(
      tx,
      requester,
      [{ given, openingBalance: extras.openingBalance }],
      extras,
    );
    const [clientId] = clientIds;
    const row = clientId === undefined ? null : await findClient(tx, scope.resellerId, clientId, now);
    if (!row) throw new Error('a client that was just written is not there');
    return recordedAll(row, entries);
  });
}

/**
 * Adds several in the transaction of another change, without reading them. What concerns all of them is checked, and
 * written, once.
 *
 * @returns their ids in the same order, with the entries that the caller records
 * @throws DomainError that of the first one that can't be added
 */
export async function addClients(
  tx: Transaction,
  requester: Requester,
  clients: readonly NewClient[],
  { reason, countsFirst = false, requireAllowed }: SharedExtras,
): Promise<{ readonly clientIds: readonly string[]; readonly entries: readonly ChangeEntry[] }> {
  const { scope, actor, origin = 'client' } = requester;
  const checks = newClientChecks(tx, scope.resellerId);
  const rows = [];
  for (const { given, openingBalance } of clients) {
    const { fields, ownFields } = newClientFields(given, await checks.sourcesOf(given));
    const fitting = { ...fields };
    await requireAll([
      async () => void (fitting.warningThresholds = await requireFittingFields(requester, fields)),
      () => requireAutoPaymentTerms(tx, fields),
      () => requireAllowed?.(fields),
      () => checks.requireRelations(fields, ownFields),
    ]);
    const { currency } = fields;
    const opening = { amount: parseMoney(openingBalance, '/openingBalance'), currency };
    const after = { ...clientFieldsOf({ ...fitting, openingBalance }), ownFields };
    rows.push({ row: { fields: fitting, ownFields }, creditLimit: fields.creditLimit, opening, after });
  }
  const clientIds = await insertClients(
    tx,
    rows.map(({ row }) => row),
    countsFirst,
  );
  const created = rows.map((row, index) => ({ ...row, clientId: clientIds[index] ?? '' }));
  const entries: ChangeEntry[] = [];
  for (const { clientId, creditLimit, after } of created) {
    if (isNotZero(creditLimit)) {
      const wish = { limit: creditLimit, reason: reason ?? ('client created' satisfies OwnReason) };
      const limited = await limitCredit(tx, requester, clientId, wish);
      if (limited) entries.push(limited);
    }
    entries.push(clientEntry('client.create', clientId, { reason, before: null, after }));
  }
  const openings = created.map(({ clientId, opening }) => ({ clientId, ...opening }));
  await postOpeningBalances(tx, openings, actor.source);
  await enqueueSignal(tx, clientIds, 'configurationChanged', { origin });
  return { clientIds, entries };
}

/** What is not plainly the limit that a new client has. */
const isNotZero = (limit: string): boolean => !/^-?0+(\.0{0,6})?$/.test(limit);

/** Checks whose result clients of one reseller share, as most rows of a file do: made once for each result. */
function newClientChecks(
  tx: Transaction,
  withinId: string,
): {
  readonly sourcesOf: (given: NewClientFields) => Promise<NewClientSources>;
  readonly requireRelations: (fields: ClientFields, ownFields: readonly InheritableField[]) => Promise<void>;
} {
  const sources = new Map<string, NewClientSources>();
  const related = new Set<string>();
  return {
    async sourcesOf(given) {
      const key = `${given.resellerId}/${given.clientTemplateId}`;
      const known = sources.get(key) ?? (await inheritanceOfNew(tx, withinId, given));
      sources.set(key, known);
      return known;
    },
    async requireRelations(fields, ownFields) {
      const key = relationsOf(fields, ownFields);
      if (related.has(key)) return;
      await requireRelations(tx, withinId, fields, { before: null, ownFields });
      related.add(key);
    },
  };
}

/**
 * Refuses fields of a new client that do not fit together, whatever else there is.
 *
 * @returns the warning thresholds in their canonical form
 * @throws DomainError as `createClient`
 */
export async function requireFittingFields(requester: Requester, fields: ClientFields): Promise<readonly string[]> {
  let warningThresholds: readonly string[] = [];
  await requireAll([
    () => void (warningThresholds = parseWarningThresholds(fields.warningThresholds, fields, '/warningThresholds')),
    () => requireLowBalance(fields, fields.originationCapacity),
    () => requirePanelLogin(fields),
    () => requireNoLimitBeside(fields),
    () => (fields.balanceModel === 'unlimited' ? requireUnlimitedAllowed(requester) : undefined),
  ]);
  return warningThresholds;
}
