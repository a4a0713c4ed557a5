import type { AdvanceGrantInput } from '../../contract/monitor.js';
import { moneyOf } from '../../domain/money.js';
import { toSecond } from '../../domain/monitoring/schedule.js';
import type { Sql } from '../system/database.js';
import {
  audit,
  clockwork,
  columns,
  end,
  isOpen,
  lockClient,
  remember,
  type GrantRow,
} from './temporary-credit-rows.js';

type CreditStep = AdvanceGrantInput['step'];

/**
 * One step of a grant's life. `done` says that it stands done, also where an attempt before did it whose answer was
 * lost; false: it is not due, for the grant was changed.
 */
export async function advanceTemporaryCredit(
  sql: Sql,
  clientId: string,
  grantId: string,
  step: CreditStep,
  nowMs: number,
): Promise<AdvancedGrant> {
  const atMs = toSecond(nowMs);
  return sql.begin(async (tx) => {
    const client = await lockClient(tx, clientId);
    const [grant] = await tx<GrantRow[]>`
      select ${columns(tx)} from temporary_credits where id = ${grantId} and client_id = ${clientId}`;
    if (!grant) return { done: false, version: 0, validUntilMs: 0 };
    const validUntilMs = grant.validUntil.getTime();
    const answer = (done: boolean, version = grant.version): AdvancedGrant => ({ done, version, validUntilMs });
    if (stands(grant, step)) return answer(true);
    if (!isDue(grant, step, atMs)) return answer(false);
    if (step === 'warn') {
      await tx`update temporary_credits set warned_at = ${new Date(atMs)}, version = version + 1 where id = ${grant.id}`;
      return answer(true, grant.version + 1);
    }
    const limit = moneyOf(client.creditLimit);
    const amount = moneyOf(grant.amount);
    const why = { actor: clockwork, reason: grant.reason };
    if (step === 'start') {
      await tx`update temporary_credits set status = 'active', version = version + 1 where id = ${grant.id}`;
      await remember(tx, grant, 'started', limit, { was: 0n, is: amount }, atMs, why);
    } else {
      await end(tx, grant, 'reverted', atMs);
      await remember(tx, grant, 'reverted', limit, { was: amount, is: 0n }, atMs, why);
    }
    await audit(tx, `temporary_credit.${step}`, grant, clockwork, grant.reason, null);
    return answer(true, grant.version + 1);
  });
}

interface AdvancedGrant {
  readonly done: boolean;
  readonly version: number;
  readonly validUntilMs: number;
}

function stands(grant: GrantRow, step: CreditStep): boolean {
  switch (step) {
    case 'start':
      return grant.status === 'active';
    case 'warn':
      return grant.status === 'active' && grant.warnedAt !== null;
    case 'revert':
      return grant.status === 'reverted';
  }
}

/** A credit whose end has passed is only reverted: nobody is told that it began or is about to end. */
function isDue(grant: GrantRow, step: CreditStep, atMs: number): boolean {
  const isOver = grant.validUntil.getTime() <= atMs;
  switch (step) {
    case 'start':
      return grant.status === 'scheduled' && grant.validFrom.getTime() <= atMs && !isOver;
    case 'warn':
      return grant.status === 'active' && grant.warnAt !== null && grant.warnAt.getTime() <= atMs && !isOver;
    case 'revert':
      return isOpen(grant) && isOver;
  }
}
