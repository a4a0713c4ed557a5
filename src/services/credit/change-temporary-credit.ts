import type { ChangeGrantInput, GrantRecord } from '../../contract/temporary-credit.js';
import {
  requestedIncrease,
  requireWithinMaximum,
  warningInstant,
  type GrantRequest,
} from '../../domain/credit/grants.js';
import { parseInstant } from '../../domain/instants.js';
import { moneyOf, parseMoney, parsePercent, type Micros } from '../../domain/money.js';
import { toSecond } from '../../domain/monitoring/schedule.js';
import {
  addGrantHistory,
  findGrantChangedBy,
  toGrantRecord,
  updateGrantTerms,
  type GrantRow,
} from '../../storage/credit/temporary-credit-rows.js';
import { change, recorded, unchanged, type Requester } from '../change.js';
import { grantEntry } from './grant-entry.js';
import {
  requireCreditClient,
  requireOpenGrant,
  toCreditLimit,
  toGrantCap,
  type GrantSettings,
} from './require-grant.js';

type Asked = Omit<ChangeGrantInput, 'actor'>;

/** A request is for new credit only. */
const changeRemedy = 'let a user with a higher maximum change it';

/**
 * Extends or reduces a temporary credit that is not over. The same request id changes it once.
 *
 * @throws DomainError `not_found`, `credit_not_open`, `conflict` (another version), and those of granting.
 */
export function changeTemporaryCredit(
  requester: Requester,
  clientId: string,
  asked: Asked,
  settings: GrantSettings,
): Promise<GrantRecord> {
  const { actor } = requester;
  const atMs = toSecond(requester.now);
  return change(requester, async (tx) => {
    const client = await requireCreditClient(tx, clientId);
    const same = await findGrantChangedBy(tx, clientId, asked, 'changed');
    if (same) return unchanged(toGrantRecord(same));
    const before = await requireOpenGrant(tx, clientId, asked, atMs);
    const request = requestOf(asked, before);
    const limit = toCreditLimit(client);
    const amount = requestedIncrease(request, limit, atMs);
    requireWithinMaximum(amount, request, limit, toGrantCap(asked.cap), changeRemedy);
    const warnAtMs = warningInstant(request.fromMs, request.untilMs, settings.warningHours);
    const isStillWarned = before.warnedAt !== null && (warnAtMs === null || warnAtMs <= atMs);
    const after = await updateGrantTerms(tx, before.id, {
      amount,
      percent: asked.percent ?? (asked.amount === undefined ? before.percent : null),
      untilMs: request.untilMs,
      warnAtMs,
      warnedAt: isStillWarned ? before.warnedAt : null,
    });
    const [was, is] = before.status === 'active' ? [moneyOf(before.amount), amount] : [0n, 0n];
    await addGrantHistory(tx, after, {
      kind: 'changed',
      limit: client.creditLimit,
      was,
      is,
      atMs,
      actorId: actor.id,
      reason: asked.reason,
      requestId: asked.requestId,
    });
    return recorded(toGrantRecord(after), grantEntry('temporary_credit.change', asked.reason, before, after));
  });
}

function requestOf(asked: Asked, before: GrantRow): GrantRequest {
  return {
    amount: amountOf(asked, before),
    percent: asked.percent === undefined ? null : parsePercent(asked.percent, '/percent'),
    fromMs: before.validFrom.getTime(),
    untilMs:
      asked.validUntil === undefined
        ? before.validUntil.getTime()
        : toSecond(parseInstant(asked.validUntil, '/validUntil')),
  };
}

/** Null: a share of the limit is asked for. */
function amountOf(asked: Asked, before: GrantRow): Micros | null {
  if (asked.amount !== undefined) return parseMoney(asked.amount, '/amount');
  return asked.percent === undefined ? moneyOf(before.amount) : null;
}
