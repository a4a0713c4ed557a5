import type { GrantCreditInput, GrantRecord } from '../../contract/temporary-credit.js';
import { grantAmount, warningInstant, type GrantRequest } from '../../domain/credit/grants.js';
import { parseInstant } from '../../domain/instants.js';
import { parseMoney, parsePercent } from '../../domain/money.js';
import { toSecond } from '../../domain/monitoring/schedule.js';
import { revertExpiredGrant } from '../../storage/credit/temporary-credit-ends.js';
import {
  addGrantHistory,
  findGrantByRequest,
  findOpenGrant,
  insertGrant,
  toGrantRecord,
} from '../../storage/credit/temporary-credit-rows.js';
import { change, recordedAll, unchanged, type Requester } from '../change.js';
import { grantEntry, revertedGrantEntry } from './grant-entry.js';
import { requireCreditAllowed } from './require-credit-allowed.js';
import {
  refuseOpenGrant,
  requireCreditClient,
  toCreditLimit,
  toGrantCap,
  type GrantSettings,
} from './require-grant.js';

/**
 * Grants temporary credit, now or from a later instant on. The same request id grants once.
 *
 * @throws DomainError `not_found`, `client_deleted`, `client_unlimited`, `client_prepaid`, `credit_exists`, `credit_above_maximum`,
 * `credit_limit_not_positive`, `invalid`.
 */
export function grantTemporaryCredit(
  requester: Requester,
  clientId: string,
  asked: Omit<GrantCreditInput, 'actor'>,
  settings: GrantSettings,
): Promise<GrantRecord> {
  const { actor } = requester;
  const atMs = toSecond(requester.now);
  return change(requester, async (tx) => {
    const client = await requireCreditClient(tx, clientId);
    const same = await findGrantByRequest(tx, clientId, asked.requestId);
    if (same) return unchanged(toGrantRecord(same));
    await requireCreditAllowed(tx, client);
    const expired = await revertExpiredGrant(tx, { id: clientId, creditLimit: client.creditLimit }, atMs);
    refuseOpenGrant(await findOpenGrant(tx, clientId), atMs);
    const request = requestOf(asked, atMs);
    const amount = grantAmount(request, toCreditLimit(client), toGrantCap(asked.cap), atMs);
    const isActive = request.fromMs <= atMs;
    const grant = await insertGrant(tx, {
      clientId,
      requestId: asked.requestId,
      amount,
      percent: asked.percent ?? null,
      currency: client.currency,
      fromMs: request.fromMs,
      untilMs: request.untilMs,
      warnAtMs: warningInstant(request.fromMs, request.untilMs, settings.warningHours),
      status: isActive ? 'active' : 'scheduled',
      reason: asked.reason,
      grantedBy: actor.id,
      atMs,
    });
    await addGrantHistory(tx, grant, {
      kind: 'granted',
      limit: client.creditLimit,
      was: 0n,
      is: isActive ? amount : 0n,
      atMs,
      actorId: actor.id,
      reason: asked.reason,
      requestId: asked.requestId,
    });
    const granted = grantEntry('temporary_credit.grant', asked.reason, null, grant);
    return recordedAll(toGrantRecord(grant), expired ? [revertedGrantEntry(expired), granted] : [granted]);
  });
}

function requestOf(asked: Omit<GrantCreditInput, 'actor'>, atMs: number): GrantRequest {
  const from = asked.from === undefined ? atMs : toSecond(parseInstant(asked.from, '/from'));
  return {
    amount: asked.amount === undefined ? null : parseMoney(asked.amount, '/amount'),
    percent: asked.percent === undefined ? null : parsePercent(asked.percent, '/percent'),
    fromMs: Math.max(from, atMs),
    untilMs: toSecond(parseInstant(asked.validUntil, '/validUntil')),
  };
}
