import { parseMoney } from '../../domain/money.js';
import { parseWarningThresholds } from '../../domain/monitoring/rules.js';
import { insertClient, type NewClientFields } from '../../storage/clients/client-writes.js';
import { findClient, type ClientRow } from '../../storage/clients/clients.js';
import { postOpeningBalance } from '../../storage/ledger/ledger.js';
import { enqueueSignal } from '../../storage/monitoring/outbox.js';
import { change, recordedAll, type Requester } from '../change.js';
import { limitCredit } from '../credit/limit-credit.js';
import { clientEntry, clientFieldsOf } from './client-fields.js';
import { requireRelations } from './client-relations.js';

/**
 * Adds a client with its balance and has its monitor started.
 *
 * @param openingBalance recorded as an adjustment with the id `opening`
 * @throws DomainError `invalid` for warning thresholds that do not fit the balance model, `not_found` (reseller,
 * manager, profile), `conflict` (they do not belong together), `already_exists` (externalId)
 */
export function createClient(
  requester: Requester,
  fields: NewClientFields,
  { openingBalance, reason }: { readonly openingBalance: string; readonly reason: string | null },
): Promise<ClientRow> {
  const { scope, actor, now } = requester;
  return change(requester, async (tx) => {
    const warningThresholds = parseWarningThresholds(fields.warningThresholds, fields, '/warningThresholds');
    await requireRelations(tx, scope.resellerId, fields, null);
    const clientId = await insertClient(tx, { ...fields, warningThresholds });
    const wish = { limit: fields.creditLimit, reason: reason ?? 'client created' };
    const limited = await limitCredit(tx, requester, clientId, wish);
    await postOpeningBalance(tx, clientId, parseMoney(openingBalance, '/openingBalance'), {
      currency: fields.currency,
      source: actor.source,
    });
    const row = await findClient(tx, scope.resellerId, clientId, now);
    if (!row) throw new Error('a client that was just written is not there');
    await enqueueSignal(tx, clientId, 'configurationChanged');
    const created = clientEntry('client.create', clientId, { reason, before: null, after: { ...clientFieldsOf(row) } });
    return recordedAll(row, limited ? [limited, created] : [created]);
  });
}
