import type { AdvanceCreditRequestResult } from '../../../contract/credit-requests.js';
import type { MonitorActions } from '../../../contract/monitor-actions.js';
import { DomainError } from '../../../domain/errors.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import type { Actor } from '../../../domain/monitoring/state.js';
import {
  decideCreditRequest,
  lockCreditRequest,
  markCreditRequestFailed,
  markCreditRequestGranted,
  type CreditRequestRow,
} from '../../../storage/credit/credit-requests.js';
import { markOwnField } from '../../../storage/clients/templates/inherited-values.js';
import { change, recorded, recordedAll, unchanged, type Requester } from '../../change.js';
import { limitCredit } from '../limit-credit.js';
import { requireCreditClient } from '../require-grant.js';
import { requireRaised } from './create-credit-request.js';
import { creditRequestEntry, resolveRequested } from './credit-request-entry.js';

const ended: AdvanceCreditRequestResult = { waitMs: null };

/**
 * Does what is due of a credit request: expires it, or carries out what was approved. Done again, it does nothing.
 *
 * @throws whatever keeps the monitor or the database from answering: the step is made again
 */
export async function advanceCreditRequest(
  requester: Requester,
  id: string,
  monitors: Pick<MonitorActions, 'grantCredit'>,
): Promise<AdvanceCreditRequestResult> {
  const request = await expireIfDue(requester, id);
  if (request?.status === 'pending') return { waitMs: request.expiresAt.getTime() - requester.now };
  if (request?.status !== 'approved') return ended;
  if (request.kind === 'permanent') await setLimit(requester, request);
  else await grantIncrease(requester, request, monitors);
  return ended;
}

/** @returns the request as it is now; null: there is none */
function expireIfDue(requester: Requester, id: string): Promise<CreditRequestRow | null> {
  const { now } = requester;
  return change<CreditRequestRow | null>(requester, async (tx) => {
    const before = await lockCreditRequest(tx, id);
    if (before?.status !== 'pending' || before.expiresAt.getTime() > now) return unchanged(before);
    const after = await decideCreditRequest(tx, id, { status: 'expired', by: 'system', atMs: now, reason: null });
    await resolveRequested(tx, after, now);
    return recorded(after, creditRequestEntry('credit_request.expire', null, before, after));
  });
}

/** Who approved it grants it. */
function approverOf({ decidedBy, id }: CreditRequestRow): Actor {
  return { id: decidedBy ?? 'system', source: 'api', requestId: `credit-request-${id}` };
}

/** Grants through the monitor, under an id made from the request: once, even if repeated. */
async function grantIncrease(
  requester: Requester,
  request: CreditRequestRow,
  monitors: Pick<MonitorActions, 'grantCredit'>,
): Promise<void> {
  const { id, clientId, validFrom, approvedAmount, approvedUntil } = request;
  const isLater = validFrom !== null && validFrom.getTime() > requester.now;
  try {
    const grant = await monitors.grantCredit(
      clientId,
      {
        requestId: `credit-request:${id}`,
        amount: formatMoney(moneyOf(approvedAmount ?? request.amount)),
        ...(isLater && { from: validFrom.toISOString() }),
        validUntil: (approvedUntil ?? request.validUntil ?? request.expiresAt).toISOString(),
        reason: request.reason,
        actor: approverOf(request),
      },
      `credit-request-${id}`,
    );
    await close(requester, id, { grantId: grant.id });
  } catch (error) {
    await close(requester, id, refusalOf(error));
  }
}

/** The permanent limit and the end of its request, in one transaction. */
async function setLimit(requester: Requester, request: CreditRequestRow): Promise<void> {
  const { id, clientId, reason } = request;
  const limit = formatMoney(moneyOf(request.approvedAmount ?? request.amount));
  try {
    await change({ ...requester, actor: approverOf(request) }, async (tx) => {
      const client = await requireCreditClient(tx, clientId);
      const before = await lockCreditRequest(tx, id);
      if (before?.status !== 'approved') return unchanged(undefined);
      requireRaised(client, moneyOf(limit));
      const set = await limitCredit(tx, { ...requester, actor: approverOf(request) }, clientId, { limit, reason });
      await markOwnField(tx, [clientId], 'creditLimit');
      const after = await markCreditRequestGranted(tx, id, null);
      const entry = creditRequestEntry('credit_request.grant', reason, before, after);
      return recordedAll(undefined, set ? [set, entry] : [entry]);
    });
  } catch (error) {
    await close(requester, id, refusalOf(error));
  }
}

type Outcome = { readonly grantId: string } | { readonly code: string; readonly detail: string };

/** A refusal is final; the monitor that could not answer now is asked again. */
function refusalOf(error: unknown): Outcome {
  if (!(error instanceof DomainError) || error.code === 'monitor_unavailable') throw error;
  return { code: error.code, detail: error.message };
}

function close(requester: Requester, id: string, outcome: Outcome): Promise<void> {
  return change<void>(requester, async (tx) => {
    const before = await lockCreditRequest(tx, id);
    if (before?.status !== 'approved') return unchanged(undefined);
    if ('grantId' in outcome) {
      const after = await markCreditRequestGranted(tx, id, outcome.grantId);
      return recorded(undefined, creditRequestEntry('credit_request.grant', before.reason, before, after));
    }
    const after = await markCreditRequestFailed(tx, id, outcome);
    return recorded(undefined, creditRequestEntry('credit_request.fail', outcome.detail, before, after));
  });
}
