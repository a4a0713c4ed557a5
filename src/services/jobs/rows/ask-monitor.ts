import { DomainError } from '../../../domain/errors.js';
import type { JobKind } from '../../../domain/jobs/job-kinds.js';
import { parseInstant } from '../../../domain/instants.js';
import { readAccount, type AccountRow } from '../../../storage/ledger/balance-read.js';
import { readMonitorRow } from '../../../storage/monitoring/monitor-read.js';
import { capFor } from '../../credit/cap-for.js';
import type { RowRequest, RowService } from '../row-service.js';

/** Rows that ask the client's monitor for something. */

export const checkNowRow: RowService<'check_now'> = {
  async throughMonitor(request) {
    await requireMonitored(request);
    const { requester, clientId, reason, updateId } = request;
    const asked = { actor: requester.actor, ...(reason !== null && { reason }) };
    await request.monitors.checkNow(clientId, asked, updateId);
    return 'done';
  },
};

export const silenceRow: RowService<'silence'> = {
  async throughMonitor(request) {
    await requireMonitored(request);
    const { requester, clientId, parameters, reason, updateId } = request;
    if (parseInstant(parameters.until, '/parameters/until') <= requester.now) {
      throw new DomainError('invalid', 'the silence would have ended before now: start another job with a later end');
    }
    const change = { until: parameters.until, reason, actor: requester.actor };
    await request.monitors.silence(clientId, change, updateId);
    return 'done';
  },
};

export const pauseRow: RowService<'pause'> = {
  async throughMonitor(request) {
    await requireMonitored(request);
    const { requester, clientId, reason, updateId } = request;
    if (await isPausedAlready(request, true)) return 'unchanged';
    await request.monitors.pause(clientId, { reason, actor: requester.actor }, updateId);
    return 'done';
  },
};

export const resumeRow: RowService<'resume'> = {
  async throughMonitor(request) {
    await requireMonitored(request);
    const { requester, clientId, reason, updateId } = request;
    if (await isPausedAlready(request, false)) return 'unchanged';
    await request.monitors.resume(clientId, { reason, actor: requester.actor }, updateId);
    return 'done';
  },
};

export const grantCreditRow: RowService<'grant_credit'> = {
  async throughMonitor(request) {
    const account = await requireMonitored(request);
    const { requester, clientId, parameters, reason } = request;
    const { amount, percent, validUntil } = parameters;
    if (amount) requireCurrency(account, amount.currency);
    const asked = {
      requestId: request.changeId,
      ...(amount && { amount: amount.amount }),
      ...(percent !== undefined && { percent }),
      validUntil,
      reason,
      cap: await capFor(requester.scope, request.rights, account, requester.now),
      actor: requester.actor,
    };
    await request.monitors.grantCredit(clientId, asked, request.updateId);
    return 'done';
  },
};

/** @throws DomainError `currency_mismatch` */
export function requireCurrency({ currency }: Pick<AccountRow, 'currency'>, asked: string): void {
  if (currency === asked) return;
  throw new DomainError('currency_mismatch', `the client is billed in ${currency}, the amount is in ${asked}`);
}

/** @throws DomainError `not_found`, `client_deleted` */
async function requireMonitored<K extends JobKind>({ requester, clientId }: RowRequest<K>): Promise<AccountRow> {
  const { scope, now } = requester;
  const account = await scope.read((q) => readAccount(q, scope.resellerId, clientId, now));
  if (!account) throw new DomainError('not_found', `there is no client ${clientId}`);
  if (account.status === 'deleted') throw new DomainError('client_deleted', 'the client is deleted');
  return account;
}

/** A repeated request may itself have made the client what it is. */
async function isPausedAlready<K extends JobKind>(request: RowRequest<K>, isPaused: boolean): Promise<boolean> {
  if (request.isRepeated) return false;
  const { requester, clientId } = request;
  const row = await requester.scope.read((q) => readMonitorRow(q, clientId, requester.now));
  return row !== null && (row.pausedBy !== null) === isPaused;
}
