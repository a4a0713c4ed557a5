import type { CapInput } from '../../../contract/temporary-credit.js';
import { approvedTerms } from '../../../domain/credit/credit-requests.js';
import { requireWithinMaximum } from '../../../domain/credit/grants.js';
import { DomainError } from '../../../domain/errors.js';
import { formatMoney, moneyOf, parseMoney } from '../../../domain/money.js';
import { toSecond } from '../../../domain/monitoring/schedule.js';
import { decideCreditRequest, type CreditRequestRow } from '../../../storage/credit/credit-requests.js';
import { findOpenGrant, type CreditClient } from '../../../storage/credit/temporary-credit-rows.js';
import type { Transaction } from '../../../storage/system/database.js';
import { change, recorded, type Precondition, type Requester } from '../../change.js';
import { requireCreditAllowed } from '../require-credit-allowed.js';
import { toCreditLimit, toGrantCap } from '../require-grant.js';
import { requireLimitAllowed } from '../require-limit-allowed.js';
import { requireRaised } from './create-credit-request.js';
import { creditRequestEntry, resolveRequested } from './credit-request-entry.js';
import { isOwnRequest, requirePendingRequest, type Person } from './require-request.js';

/** All of the request, or less of it. */
interface Approval {
  readonly amount?: string;
  /** ms since 1970 */
  readonly untilMs?: number;
  readonly reason: string | null;
}

const approvalRemedy = 'approve less, or let a user with a higher maximum approve it';

/**
 * Approves a credit request within the approver's current maximum. The workflow of the request carries it out. If the
 * client has received another temporary credit since, the request is refused with that reason instead.
 *
 * @param cap the approver's maximum possible increase, in the client's currency
 * @throws DomainError `not_found`, `credit_request_closed`, `self_approval`, `credit_above_maximum`, `no_rate`,
 * `client_deleted`, `client_unlimited`, `client_prepaid`, `invalid` (more than was asked for, an end that has passed)
 */
export function approveCreditRequest(
  requester: Requester,
  id: string,
  approval: Approval,
  { cap, userId }: { readonly cap: CapInput } & Person,
  precondition: Precondition<CreditRequestRow>,
): Promise<CreditRequestRow> {
  const { actor } = requester;
  const atMs = toSecond(requester.now);
  return change(requester, async (tx) => {
    const { client, request: before } = await requirePendingRequest(tx, requester, id);
    precondition(before);
    if (isOwnRequest(before, requester, { userId })) {
      throw new DomainError('self_approval', 'you made this request: another user must approve it');
    }
    const approved = approvedTerms(
      { amount: moneyOf(before.amount), currency: before.currency, untilMs: before.validUntil?.getTime() ?? null },
      {
        amount: approval.amount === undefined ? null : parseMoney(approval.amount, '/amount'),
        untilMs: approval.untilMs === undefined ? null : toSecond(approval.untilMs),
      },
    );
    if (before.currency !== client.currency) {
      throw new DomainError('currency_mismatch', `the client is billed in ${client.currency} now: refuse the request`);
    }
    const decision = { by: actor.id, atMs, reason: approval.reason };
    if (before.kind === 'permanent') {
      await requireLimit(tx, requester, client, approved.amount);
    } else {
      await requireIncrease(tx, { client, before, approved, cap, atMs });
      const open = await findOpenGrant(tx, before.clientId);
      if (open && open.validUntil.getTime() > atMs) {
        const failed = await decideCreditRequest(tx, id, { ...decision, status: 'refused', failure: 'credit_exists' });
        await resolveRequested(tx, failed, atMs);
        return recorded(failed, creditRequestEntry('credit_request.fail', approval.reason, before, failed));
      }
    }
    const after = await decideCreditRequest(tx, id, { ...decision, status: 'approved', approved });
    await resolveRequested(tx, after, atMs);
    return recorded(after, creditRequestEntry('credit_request.approve', approval.reason, before, after));
  });
}

async function requireLimit(
  tx: Transaction,
  requester: Requester,
  client: CreditClient,
  amount: bigint,
): Promise<void> {
  try {
    requireRaised(client, amount);
    const wish = { limit: formatMoney(amount), currency: client.currency, remedy: approvalRemedy };
    await requireLimitAllowed(tx, requester, wish);
  } catch (error) {
    // The field of the approval.
    if (error instanceof DomainError && error.pointer === '/creditLimit') {
      throw new DomainError(error.code, error.message, '/amount');
    }
    throw error;
  }
}

interface ApprovedIncrease {
  readonly client: CreditClient;
  readonly before: CreditRequestRow;
  readonly approved: { readonly amount: bigint; readonly untilMs: number | null };
  readonly cap: CapInput;
  readonly atMs: number;
}

async function requireIncrease(
  tx: Transaction,
  { client, before, approved, cap, atMs }: ApprovedIncrease,
): Promise<void> {
  await requireCreditAllowed(tx, client);
  const fromMs = Math.max(before.validFrom?.getTime() ?? atMs, atMs);
  const untilMs = approved.untilMs ?? atMs;
  if (approved.amount <= 0n) throw new DomainError('invalid', 'the amount must be above 0', '/amount');
  if (untilMs <= fromMs) {
    throw new DomainError('invalid', 'validUntil must be later than the start of the credit', '/validUntil');
  }
  const request = { amount: approved.amount, percent: null, fromMs, untilMs };
  requireWithinMaximum(approved.amount, request, toCreditLimit(client), toGrantCap(cap), approvalRemedy);
}
