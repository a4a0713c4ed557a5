import type { OwnReason } from '../../domain/credit/own-reasons.js';
import { requireLowBalance } from '../../domain/clients/low-balance.js';
import { requireNoLimitBeside } from '../../domain/clients/relations.js';
import { requirePanelLogin } from '../../domain/clients/panel-login.js';
import type { ClientFields, GivenFields, InheritableField } from '../../domain/clients/client-fields.js';
import { DomainError, requireAll } from '../../domain/errors.js';
import { parseWarningThresholds } from '../../domain/monitoring/rules.js';
import { applyPatch, type Patch } from '../../domain/patch.js';
import { hasMoneyMoved, updateClientRow } from '../../storage/clients/client-writes.js';
import { findClient, lockClient, type ClientRow } from '../../storage/clients/clients.js';
import { enqueueSignal } from '../../storage/monitoring/outbox.js';
import type { Transaction } from '../../storage/system/database.js';
import { change, recordedAll, type ChangeEntry, type Precondition, type Requester } from '../change.js';
import { endGrantOfUnlimited } from '../credit/cancel-open-grant.js';
import { limitCredit } from '../credit/limit-credit.js';
import { requireLimitAllowed, requireUnlimitedAllowed } from '../credit/require-limit-allowed.js';
import { auditedFields, clientEntry, clientFieldsOf } from './client-fields.js';
import { requireAutoPaymentChange } from './require-auto-payment.js';
import { requireRelations } from './client-relations.js';
import { inheritForChange, withInherited } from './templates/client-inheritance.js';

/** The fields after a change, whose thresholds get their canonical form. */
type Patched = Omit<ClientFields, 'warningThresholds'> & { warningThresholds: readonly string[] };

export interface ClientChange {
  readonly patch: Patch<GivenFields>;
  readonly reason: string | null;
  /** what the template sets replaces what the client has set itself */
  readonly clearOwn?: boolean;
  /** Called with the values before and after, also inherited ones. Throws where the requester may not change them so. */
  readonly requireAllowed?: (before: ClientFields, after: ClientFields) => void;
}

/**
 * Changes some fields of a client. A client that is made unlimited loses its temporary credit. A field that its template
 * may set returns to the template, or else to its default, with null.
 *
 * @throws DomainError `not_found`; `client_deleted`; `invalid` for warning thresholds that do not fit the balance model,
 * and for low balance settings without their threshold, or a capacity that is not below the normal one;
 * `auto_payment_no_threshold`, `auto_payment_no_card`, `auto_payment_in_flight`;
 * `conflict` (reseller, manager, and profile do not belong together; another currency after money has moved);
 * `currency_mismatch` (template); `already_exists` (externalId)
 */
export function updateClient(
  requester: Requester,
  id: string,
  asked: ClientChange,
  precondition: Precondition<ClientRow>,
): Promise<ClientRow> {
  const { scope, now } = requester;
  const { reason } = asked;
  return change(requester, async (tx) => {
    const row = await lockClient(tx, scope.resellerId, id, now);
    if (!row) throw new DomainError('not_found', `there is no client ${id}`, '/path/id');
    precondition(row);
    const before = clientFieldsOf(row);
    const { fields, ownFields } = await patchedFields(tx, requester, { row, before }, asked);
    await requireAll([
      () => requireFitting(fields, asked),
      () => asked.requireAllowed?.(before, fields),
      () => requireCreditAllowed(tx, requester, fields, before),
      () => requireRelations(tx, scope.resellerId, fields, { before, ownFields }),
      () => requireAutoPaymentChange(tx, id, { withinId: scope.resellerId, now }, fields, before),
      () => (fields.currency === before.currency ? undefined : requireNoMoneyMoved(tx, id)),
    ]);
    const credit: (ChangeEntry | null)[] = [];
    if (fields.balanceModel === 'unlimited' && before.balanceModel !== 'unlimited') {
      credit.push(await endGrantOfUnlimited(tx, requester, row, reason));
    }
    await updateClientRow(tx, row, fields, ownFields);
    credit.push(await limitCredit(tx, requester, id, { limit: fields.creditLimit, reason: limitReason(asked) }));
    const after = await findClient(tx, scope.resellerId, id, now);
    if (!after) throw new Error('a client that was just written is not there');
    await enqueueSignal(tx, id, 'configurationChanged', { origin: requester.origin ?? 'client' });
    return recordedAll(after, [
      ...credit.filter((entry) => entry !== null),
      clientEntry('client.update', id, { reason, before: auditedFields(row), after: auditedFields(after) }),
    ]);
  });
}

/** A limit that is given needs a reason; one that comes with a template has it. */
function limitReason({ patch, reason, clearOwn }: ClientChange): string | null {
  const isInherited = patch.creditLimit === undefined && (patch.clientTemplateId !== undefined || clearOwn === true);
  return reason ?? (isInherited ? ('client template' satisfies OwnReason) : null);
}

/** A limit that is only named in another currency may be raised by that: it is judged as it would be. */
async function requireCreditAllowed(
  tx: Transaction,
  requester: Requester,
  fields: ClientFields,
  before: ClientFields,
): Promise<void> {
  requireNoLimitBeside(fields);
  const { balanceModel, currency, creditLimit } = fields;
  if (balanceModel === 'unlimited' && before.balanceModel !== 'unlimited') requireUnlimitedAllowed(requester);
  if (currency !== before.currency) await requireLimitAllowed(tx, requester, { limit: creditLimit, currency });
}

async function patchedFields(
  tx: Transaction,
  { scope }: Requester,
  { row, before }: { readonly row: ClientRow; readonly before: ClientFields },
  { patch, clearOwn = false }: ClientChange,
): Promise<{ readonly fields: Patched; readonly ownFields: readonly InheritableField[] }> {
  const { ownFields, templateValues } = row;
  const inherited = await inheritForChange(
    tx,
    scope.resellerId,
    { fields: before, ownFields, templateValues },
    {
      given: patch,
      clientTemplateId: patch.clientTemplateId,
      clearOwn,
      currency: patch.currency ?? before.currency,
    },
  );
  // Where it has other fields, the inherited values replace them.
  const fields = withInherited({ ...applyPatch<GivenFields>(before, patch), ...inherited.values }, inherited);
  return { fields, ownFields: inherited.ownFields };
}

/** Thresholds are checked against the balance model after the change, and written in the currency after it. */
function requireFitting(fields: Patched, { patch, clearOwn = false }: ClientChange): Promise<void> {
  return requireAll([
    () => {
      fields.warningThresholds = parseWarningThresholds(fields.warningThresholds, fields, '/warningThresholds');
    },
    () => requireLowBalance(fields, setsCapacity(patch, clearOwn) ? fields.originationCapacity : null),
    () => requirePanelLogin(fields),
  ]);
}

/** A capacity that a template made the lower one is no fault of what else is changed. */
function setsCapacity(patch: ClientChange['patch'], clearOwn: boolean): boolean {
  const names = ['lowBalanceCapacity', 'originationCapacity', 'clientTemplateId'] as const;
  return clearOwn || names.some((name) => patch[name] !== undefined);
}

async function requireNoMoneyMoved(tx: Transaction, id: string): Promise<void> {
  if (!(await hasMoneyMoved(tx, id))) return;
  throw new DomainError(
    'conflict',
    'the currency can’t change after the first ledger entry: create another client with the new currency',
    '/currency',
  );
}
