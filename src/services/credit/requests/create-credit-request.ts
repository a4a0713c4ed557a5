import type { CapInput } from '../../../contract/temporary-credit.js';
import { requestExpiry, type CreditRequestKind } from '../../../domain/credit/credit-requests.js';
import { isWithinMaximum, requestedIncrease, type GrantRequest } from '../../../domain/credit/grants.js';
import { DomainError } from '../../../domain/errors.js';
import {
  formatMoney,
  moneyOf,
  moneyWithCurrency,
  parseMoney,
  parsePercent,
  type Micros,
} from '../../../domain/money.js';
import { toSecond } from '../../../domain/monitoring/schedule.js';
import {
  findCreditRequestByKey,
  findOpenCreditRequest,
  insertCreditRequest,
  type CreditRequestRow,
} from '../../../storage/credit/credit-requests.js';
import { findOpenGrant, type CreditClient } from '../../../storage/credit/temporary-credit-rows.js';
import { raiseEvent } from '../../../storage/events/raise-event.js';
import type { Transaction } from '../../../storage/system/database.js';
import { readInstallationSettings } from '../../../storage/system/installation-settings.js';
import { change, recorded, unchanged, type Requester } from '../../change.js';
import { requireCreditAllowed } from '../require-credit-allowed.js';
import { refuseOpenGrant, requireCreditClient, toCreditLimit, toGrantCap } from '../require-grant.js';
import { requireLimitAllowed } from '../require-limit-allowed.js';
import { creditRequestEntry } from './credit-request-entry.js';
import type { Person } from './require-request.js';

/** What is asked for: an increase with its end, or a new permanent limit. */
export type AskedCredit = { readonly requestId: string; readonly reason: string } & (
  | {
      readonly kind: 'temporary';
      readonly amount?: string;
      readonly percent?: string;
      /** ms since 1970; null: from the approval on */
      readonly fromMs: number | null;
      readonly untilMs: number;
    }
  | { readonly kind: 'permanent'; readonly creditLimit: string }
);

interface Created {
  readonly row: CreditRequestRow;
  /** the same was asked for before, under the same id */
  readonly replayed: boolean;
}

/** The amount that is asked for, once it is known to be above the maximum of who asks. */
interface Wanted {
  readonly kind: CreditRequestKind;
  readonly amount: Micros;
  readonly percent: string | null;
  readonly fromMs: number | null;
  readonly untilMs: number | null;
}

/**
 * Asks another user for credit above the requester's maximum. A percentage becomes an amount now and stays it.
 *
 * @param cap the requester's maximum possible increase, in the client's currency
 * @throws DomainError `not_found`, those of granting or of setting the limit except `credit_above_maximum`,
 * `credit_request_exists`, `invalid` for what the requester may grant without a request
 */
export function createCreditRequest(
  requester: Requester,
  clientId: string,
  asked: AskedCredit,
  { cap, userId }: { readonly cap: CapInput } & Person,
): Promise<Created> {
  const { actor } = requester;
  const atMs = toSecond(requester.now);
  return change<Created>(requester, async (tx) => {
    const client = await requireCreditClient(tx, clientId);
    const same = await findCreditRequestByKey(tx, clientId, asked.requestId);
    if (same) return unchanged({ row: same, replayed: true });
    await refuseSecond(tx, clientId, asked.kind);
    const wanted =
      asked.kind === 'temporary'
        ? await wantedIncrease(tx, { client, clientId, asked, cap, atMs })
        : await wantedLimit(tx, requester, client, asked.creditLimit);
    const { creditRequestHours } = await readInstallationSettings(tx);
    const row = await insertCreditRequest(tx, {
      ...wanted,
      clientId,
      requestId: asked.requestId,
      currency: client.currency,
      reason: asked.reason,
      requestedBy: actor.id,
      requesterUserId: userId,
      atMs,
      expiresMs: requestExpiry(atMs, creditRequestHours, wanted.untilMs),
    });
    await raiseRequested(tx, row, atMs);
    return recorded({ row, replayed: false }, creditRequestEntry('credit_request.create', asked.reason, null, row));
  });
}

async function refuseSecond(tx: Transaction, clientId: string, kind: CreditRequestKind): Promise<void> {
  const open = await findOpenCreditRequest(tx, clientId, kind);
  if (!open) return;
  throw new DomainError(
    'credit_request_exists',
    `credit request ${open.id} of ${moneyWithCurrency(moneyOf(open.amount), open.currency)} is ${open.status}: wait for its decision, or withdraw it`,
    '/path/id',
  );
}

interface Increase {
  readonly client: CreditClient;
  readonly clientId: string;
  readonly asked: AskedCredit & { readonly kind: 'temporary' };
  readonly cap: CapInput;
  readonly atMs: number;
}

async function wantedIncrease(tx: Transaction, { client, clientId, asked, cap, atMs }: Increase): Promise<Wanted> {
  await requireCreditAllowed(tx, client);
  refuseOpenGrant(await findOpenGrant(tx, clientId), atMs);
  const request: GrantRequest = {
    amount: asked.amount === undefined ? null : parseMoney(asked.amount, '/amount'),
    percent: asked.percent === undefined ? null : parsePercent(asked.percent, '/percent'),
    fromMs: asked.fromMs ?? atMs,
    untilMs: asked.untilMs,
  };
  const limit = toCreditLimit(client);
  const amount = requestedIncrease(request, limit, atMs);
  if (isWithinMaximum(amount, request, limit, toGrantCap(cap))) {
    throw new DomainError('invalid', 'is within your maximum possible increase: grant it without a request', '/amount');
  }
  return { kind: 'temporary', amount, percent: asked.percent ?? null, fromMs: asked.fromMs, untilMs: asked.untilMs };
}

async function wantedLimit(
  tx: Transaction,
  requester: Requester,
  client: CreditClient,
  creditLimit: string,
): Promise<Wanted> {
  requireRaised(client, parseMoney(creditLimit, '/creditLimit'));
  const amount = parseMoney(creditLimit, '/creditLimit');
  const isAllowed = await requireLimitAllowed(tx, requester, {
    limit: formatMoney(amount),
    currency: client.currency,
  }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof DomainError && error.code === 'credit_above_maximum') return false;
      throw error;
    },
  );
  if (isAllowed) {
    throw new DomainError('invalid', 'is within your maximum credit limit: set it without a request', '/creditLimit');
  }
  return { kind: 'permanent', amount, percent: null, fromMs: null, untilMs: null };
}

/**
 * A permanent limit that is asked for, or approved, raises the client's.
 *
 * @throws DomainError `client_deleted`, `client_unlimited`, `invalid`
 */
export function requireRaised(client: CreditClient, limit: Micros): void {
  if (client.status === 'deleted') throw new DomainError('client_deleted', 'the client is deleted', '/path/id');
  if (client.balanceModel === 'unlimited') {
    throw new DomainError(
      'client_unlimited',
      'the client has unlimited credit: change its balance model first',
      '/path/id',
    );
  }
  if (limit > moneyOf(client.creditLimit)) return;
  const now = moneyWithCurrency(moneyOf(client.creditLimit), client.currency);
  throw new DomainError('invalid', `must be above the credit limit of now, ${now}`, '/creditLimit');
}

async function raiseRequested(tx: Transaction, row: CreditRequestRow, atMs: number): Promise<void> {
  await raiseEvent(tx, {
    kind: 'credit.requested',
    cause: row.id,
    subjectId: row.id,
    clientId: row.clientId,
    resellerId: null,
    data: {
      kind: row.kind,
      amount: formatMoney(moneyOf(row.amount)),
      currency: row.currency,
      expires: row.expiresAt.toISOString(),
    },
    atMs,
  });
}
