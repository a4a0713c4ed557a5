import { isStepDone, isStepDue, type GrantStep } from '../../domain/credit/grant-steps.js';
import { moneyOf } from '../../domain/money.js';
import { toSecond } from '../../domain/monitoring/schedule.js';
import { revertGrant } from '../../storage/credit/temporary-credit-ends.js';
import {
  addGrantHistory,
  findGrant,
  markGrantWarned,
  startGrant,
  type GrantRow,
} from '../../storage/credit/temporary-credit-rows.js';
import type { Transaction } from '../../storage/system/database.js';
import { change, recorded, unchanged, type Requester } from '../change.js';
import { grantEntry } from './grant-entry.js';
import { requireCreditClient } from './require-grant.js';

interface AdvancedGrant {
  /** the step is done, also by an earlier attempt whose answer was lost; false: it is not due, the grant was changed */
  readonly done: boolean;
  readonly version: number;
  readonly validUntilMs: number;
}

/** One step of a temporary credit's life: its start, the warning before its end, or its revert. */
export function advanceTemporaryCredit(
  requester: Requester,
  clientId: string,
  grantId: string,
  step: GrantStep,
): Promise<AdvancedGrant> {
  const atMs = toSecond(requester.now);
  return change(requester, async (tx) => {
    const { creditLimit } = await requireCreditClient(tx, clientId);
    const grant = await findGrant(tx, clientId, grantId);
    if (!grant) return unchanged({ done: false, version: 0, validUntilMs: 0 });
    const validUntilMs = grant.validUntil.getTime();
    if (isStepDone(grant, step)) return unchanged({ done: true, version: grant.version, validUntilMs });
    if (!isStepDue(grant, step, atMs)) return unchanged({ done: false, version: grant.version, validUntilMs });
    const advanced = { done: true, version: grant.version + 1, validUntilMs };
    if (step === 'warn') {
      await markGrantWarned(tx, grant.id, atMs);
      // The credit itself did not change: the notification is the record of a warning.
      return unchanged(advanced);
    }
    const after =
      step === 'start'
        ? await startWithHistory(tx, grant, { creditLimit, atMs, actorId: requester.actor.id })
        : await revertGrant(tx, creditLimit, grant, atMs);
    return recorded(advanced, grantEntry(`temporary_credit.${step}`, grant.reason, grant, after));
  });
}

async function startWithHistory(
  tx: Transaction,
  grant: GrantRow,
  { creditLimit, atMs, actorId }: { readonly creditLimit: string; readonly atMs: number; readonly actorId: string },
): Promise<GrantRow> {
  const after = await startGrant(tx, grant.id);
  await addGrantHistory(tx, grant, {
    kind: 'started',
    limit: creditLimit,
    was: 0n,
    is: moneyOf(grant.amount),
    atMs,
    actorId,
    reason: grant.reason,
  });
  return after;
}
