import { requireLowBalance } from '../../domain/clients/low-balance.js';
import { requirePanelLogin } from '../../domain/clients/panel-login.js';
import { requireNoLimitBeside } from '../../domain/clients/relations.js';
import type { ClientFields, NewClientFields } from '../../domain/clients/client-fields.js';
import { parseMoney } from '../../domain/money.js';
import { parseWarningThresholds } from '../../domain/monitoring/rules.js';
import { insertClient } from '../../storage/clients/client-writes.js';
import { findClient, type ClientRow } from '../../storage/clients/clients.js';
import { postOpeningBalance } from '../../storage/ledger/ledger.js';
import { enqueueSignal } from '../../storage/monitoring/outbox.js';
import type { Transaction } from '../../storage/system/database.js';
import { change, recordedAll, type ChangeEntry, type Requester } from '../change.js';
import { limitCredit } from '../credit/limit-credit.js';
import { requireUnlimitedAllowed } from '../credit/require-limit-allowed.js';
import { clientEntry, clientFieldsOf } from './client-fields.js';
import { requireAutoPaymentTerms } from './require-auto-payment.js';
import { requireRelations } from './client-relations.js';
import { inheritanceOfNew, newClientFields } from './templates/client-inheritance.js';

interface NewClientExtras {
  /** recorded as an adjustment with the id `opening` */
  readonly openingBalance: string;
  readonly reason: string | null;
  /** the first notification of each rule that is low at the first evaluation counts as already sent */
  readonly countsFirst?: boolean;
  /** Called with the values that the client would have, also those of its template. Throws where the requester may not set them. */
  readonly requireAllowed?: (fields: ClientFields) => void;
}

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
    const { clientId, entries } = await addClient(tx, requester, given, extras);
    const row = await findClient(tx, scope.resellerId, clientId, now);
    if (!row) throw new Error('a client that was just written is not there');
    return recordedAll(row, entries);
  });
}

/**
 * The same within the transaction of another change, without reading the client.
 *
 * @returns its id, with the entries that the caller records
 */
export async function addClient(
  tx: Transaction,
  requester: Requester,
  given: NewClientFields,
  { openingBalance, reason, countsFirst = false, requireAllowed }: NewClientExtras,
): Promise<{ readonly clientId: string; readonly entries: readonly ChangeEntry[] }> {
  const { scope, actor, origin = 'client' } = requester;
  const sources = await inheritanceOfNew(tx, scope.resellerId, given);
  const { fields, ownFields } = newClientFields(given, sources);
  const fitting = { ...fields, warningThresholds: requireFittingFields(requester, fields) };
  await requireAutoPaymentTerms(tx, fields);
  requireAllowed?.(fields);
  await requireRelations(tx, scope.resellerId, fields, { before: null, ownFields });
  const clientId = await insertClient(tx, fitting, { ownFields, countsFirst });
  const wish = { limit: fields.creditLimit, reason: reason ?? 'client created' };
  const limited = await limitCredit(tx, requester, clientId, wish);
  await postOpeningBalance(tx, clientId, parseMoney(openingBalance, '/openingBalance'), {
    currency: fields.currency,
    source: actor.source,
  });
  await enqueueSignal(tx, clientId, 'configurationChanged', { origin });
  const created = clientEntry('client.create', clientId, {
    ...{ reason, before: null },
    after: { ...clientFieldsOf({ ...fitting, openingBalance }), ownFields },
  });
  return { clientId, entries: limited ? [limited, created] : [created] };
}

/**
 * Refuses fields of a new client that do not fit together, whatever else there is.
 *
 * @returns the warning thresholds in their canonical form
 * @throws DomainError as `createClient`
 */
export function requireFittingFields(requester: Requester, fields: ClientFields): readonly string[] {
  const warningThresholds = parseWarningThresholds(fields.warningThresholds, fields, '/warningThresholds');
  requireLowBalance(fields, fields.originationCapacity);
  requirePanelLogin(fields);
  requireNoLimitBeside(fields);
  if (fields.balanceModel === 'unlimited') requireUnlimitedAllowed(requester);
  return warningThresholds;
}
