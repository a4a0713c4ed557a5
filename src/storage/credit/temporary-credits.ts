import type {
  CancelGrantInput,
  CapInput,
  ChangeGrantInput,
  GrantCreditInput,
  GrantRecord,
} from '../../contract/monitor.js';
import { DomainError } from '../../domain/errors.js';
import {
  grantAmount,
  warningInstant,
  type GrantCap,
  type GrantRequest,
  type GrantStatus,
} from '../../domain/grants.js';
import { parseInstant } from '../../domain/instants.js';
import { formatMoney, moneyOf, parseMoney, parsePercent } from '../../domain/money.js';
import { toSecond } from '../../domain/monitoring/schedule.js';
import type { Sql, Transaction } from '../system/database.js';
import { revertExpiredGrant } from './temporary-credit-ends.js';
import {
  audit,
  columns,
  end,
  isOpen,
  lockClient,
  remember,
  view,
  type ClientRow,
  type GrantRow,
} from './temporary-credit-rows.js';

/**
 * Writing temporary credits. Every change holds the client's row locked, writes the credit limit history and the
 * audit row in its own transaction, and may be asked for again with the same request id without effect.
 */

interface GrantSettings {
  readonly warningHours: number;
}

/**
 * Lends credit.
 *
 * @throws DomainError `not_found`, `client_deleted`, `client_unlimited`, `credit_exists`, `credit_above_maximum`,
 * `credit_limit_not_positive`, `invalid`.
 */
export async function grantTemporaryCredit(
  sql: Sql,
  clientId: string,
  input: GrantCreditInput,
  nowMs: number,
  settings: GrantSettings,
): Promise<GrantRecord> {
  const atMs = toSecond(nowMs);
  return sql.begin(async (tx) => {
    const client = await lockClient(tx, clientId);
    const [same] = await tx<GrantRow[]>`
      select ${columns(tx)} from temporary_credits where client_id = ${clientId} and request_id = ${input.requestId}`;
    if (same) return view(same);
    refuseClient(client);
    await revertExpiredGrant(tx, { id: clientId, creditLimit: client.creditLimit }, atMs);
    const [open] = await tx<GrantRow[]>`
      select ${columns(tx)} from temporary_credits where client_id = ${clientId} and status in ('scheduled', 'active')`;
    if (open) {
      throw new DomainError(
        'credit_exists',
        `a temporary credit of ${formatMoney(moneyOf(open.amount))} ${open.currency} is ${open.status} until ${open.validUntil.toISOString()}: change or cancel it first`,
      );
    }
    const limit = moneyOf(client.creditLimit);
    const request = requestOf(input, atMs);
    const amount = grantAmount(request, limit, capOf(input.cap), atMs);
    const warnAt = warningInstant(request.fromMs, request.untilMs, settings.warningHours);
    const status: GrantStatus = request.fromMs <= atMs ? 'active' : 'scheduled';
    const [row] = await tx<GrantRow[]>`
      insert into temporary_credits
        (client_id, seq, request_id, amount, percent, currency, valid_from, valid_until, warn_at, status, reason, granted_by, created_at)
      select ${clientId}, coalesce(max(seq), 0) + 1, ${input.requestId}, ${formatMoney(amount)},
        ${input.percent ?? null}, ${client.currency}, ${new Date(request.fromMs)}, ${new Date(request.untilMs)},
        ${warnAt === null ? null : new Date(warnAt)}, ${status}, ${input.reason}, ${input.actor.id}, ${new Date(atMs)}
      from temporary_credits where client_id = ${clientId}
      returning ${columns(tx)}`;
    const granted = row as GrantRow;
    await remember(tx, granted, 'granted', limit, { was: 0n, is: status === 'active' ? amount : 0n }, atMs, input);
    await audit(tx, 'temporary_credit.grant', granted, input.actor, input.reason, null);
    return view(granted);
  });
}

/**
 * Changes the amount or the end of a grant that is not over.
 *
 * @throws DomainError `not_found`, `credit_not_open`, `conflict` (another version), and those of granting.
 */
export async function changeTemporaryCredit(
  sql: Sql,
  clientId: string,
  input: ChangeGrantInput,
  nowMs: number,
  settings: GrantSettings,
): Promise<GrantRecord> {
  const atMs = toSecond(nowMs);
  return sql.begin(async (tx) => {
    const client = await lockClient(tx, clientId);
    const same = await alreadyAsked(tx, clientId, input, 'changed');
    if (same) return view(same);
    const before = await openGrant(tx, clientId, input.grantId, input.ifVersion, atMs);
    const limit = moneyOf(client.creditLimit);
    const request: GrantRequest = {
      amount:
        input.amount !== undefined
          ? parseMoney(input.amount, '/amount')
          : input.percent !== undefined
            ? null
            : moneyOf(before.amount),
      percent: input.percent !== undefined ? parsePercent(input.percent, '/percent') : null,
      fromMs: before.validFrom.getTime(),
      untilMs:
        input.validUntil === undefined
          ? before.validUntil.getTime()
          : toSecond(parseInstant(input.validUntil, '/validUntil')),
    };
    const amount = grantAmount(request, limit, capOf(input.cap), atMs);
    const warnAt = warningInstant(request.fromMs, request.untilMs, settings.warningHours);
    const stillWarned = before.warnedAt !== null && (warnAt === null || warnAt <= atMs);
    const [row] = await tx<GrantRow[]>`
      update temporary_credits set
        amount = ${formatMoney(amount)},
        percent = ${input.percent ?? (input.amount === undefined ? before.percent : null)},
        valid_until = ${new Date(request.untilMs)},
        warn_at = ${warnAt === null ? null : new Date(warnAt)},
        warned_at = ${stillWarned ? before.warnedAt : null},
        version = version + 1
      where id = ${before.id}
      returning ${columns(tx)}`;
    const after = row as GrantRow;
    const effect = before.status === 'active' ? { was: moneyOf(before.amount), is: amount } : { was: 0n, is: 0n };
    await remember(tx, after, 'changed', limit, effect, atMs, input);
    await audit(tx, 'temporary_credit.change', after, input.actor, input.reason, before);
    return view(after);
  });
}

/**
 * Takes a grant back before its end, or calls off one that has not begun.
 *
 * @throws DomainError `not_found`, `credit_not_open`, `conflict`.
 */
export async function cancelTemporaryCredit(
  sql: Sql,
  clientId: string,
  input: CancelGrantInput,
  nowMs: number,
): Promise<GrantRecord> {
  const atMs = toSecond(nowMs);
  return sql.begin(async (tx) => {
    const client = await lockClient(tx, clientId);
    const same = await alreadyAsked(tx, clientId, input, 'cancelled');
    if (same) return view(same);
    const before = await openGrant(tx, clientId, input.grantId, input.ifVersion, atMs);
    const after = await end(tx, before, 'cancelled', atMs);
    const was = before.status === 'active' ? moneyOf(before.amount) : 0n;
    await remember(tx, after, 'cancelled', moneyOf(client.creditLimit), { was, is: 0n }, atMs, input);
    await audit(tx, 'temporary_credit.cancel', after, input.actor, input.reason, before);
    return view(after);
  });
}

function refuseClient(client: ClientRow): void {
  if (client.status === 'deleted') throw new DomainError('client_deleted', 'the client is deleted');
  if (client.balanceModel === 'unlimited') {
    throw new DomainError('client_unlimited', 'the client has no limit: there is nothing to increase');
  }
}

/** The grant as it is, where this very request has changed it before. */
async function alreadyAsked(
  tx: Transaction,
  clientId: string,
  input: { readonly grantId: string; readonly requestId: string },
  kind: 'changed' | 'cancelled',
): Promise<GrantRow | null> {
  const [grant] = await tx<GrantRow[]>`
    select ${columns(tx)} from temporary_credits
    where id = ${input.grantId} and client_id = ${clientId} and exists (
      select 1 from credit_limit_history h
      where h.grant_id = ${input.grantId} and h.kind = ${kind} and h.request_id = ${input.requestId})`;
  return grant ?? null;
}

async function openGrant(
  tx: Transaction,
  clientId: string,
  grantId: string,
  ifVersion: number | undefined,
  atMs: number,
): Promise<GrantRow> {
  const [grant] = await tx<GrantRow[]>`
    select ${columns(tx)} from temporary_credits where id = ${grantId} and client_id = ${clientId}`;
  if (!grant) throw new DomainError('not_found', 'there is no such temporary credit');
  if (!isOpen(grant) || grant.validUntil.getTime() <= atMs) {
    throw new DomainError('credit_not_open', 'the temporary credit is over: grant a new one');
  }
  if (ifVersion !== undefined && ifVersion !== grant.version) {
    throw new DomainError('conflict', `the temporary credit was changed meanwhile: it is at version ${grant.version}`);
  }
  return grant;
}

function requestOf(input: GrantCreditInput, atMs: number): GrantRequest {
  const from = input.from === undefined ? atMs : toSecond(parseInstant(input.from, '/from'));
  return {
    amount: input.amount === undefined ? null : parseMoney(input.amount, '/amount'),
    percent: input.percent === undefined ? null : parsePercent(input.percent, '/percent'),
    fromMs: Math.max(from, atMs),
    untilMs: toSecond(parseInstant(input.validUntil, '/validUntil')),
  };
}

function capOf(cap: CapInput | undefined): GrantCap {
  return {
    maxAmount: cap?.maxAmount === undefined ? null : moneyOf(cap.maxAmount),
    maxPercent: cap?.maxPercent === undefined ? null : moneyOf(cap.maxPercent),
    maxDays: cap?.maxDays ?? null,
  };
}
