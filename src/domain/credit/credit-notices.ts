import { moneyOf } from '../money.js';
import type { CreditNotice } from '../monitoring/commands.js';
import type { GrantTimes } from '../monitoring/state.js';

/**
 * What the client is notified of when its temporary credit is observed changed. Deciding by comparison loses nothing:
 * a change whose worker stopped before the notice is found at the next observation. Changes of a credit that has not
 * begun are not notified: the client is notified when it begins.
 */
export function creditNotices(before: GrantTimes | null, after: GrantTimes | null, at: number): CreditNotice[] {
  if (before === after) return [];
  const notices: CreditNotice[] = [];
  if (before && before.id !== after?.id) {
    // A credit whose whole time passed without a worker was active by the clock: only its end is notified.
    const kind = at >= before.until ? 'credit_reverted' : before.started ? 'credit_cancelled' : null;
    if (kind) notices.push({ kind, grantId: before.id, seq: before.seq, number: 1, at });
  }
  if (!after?.started) return notices;
  const credit = { grantId: after.id, seq: after.seq, at };
  if (before?.id !== after.id || !before.started) return [...notices, { ...credit, kind: 'credit_granted', number: 1 }];
  const changed = changeOf(before, after);
  if (changed) {
    const { amount, until } = before;
    notices.push({ ...credit, kind: changed, number: after.version, before: { amount, until } });
  }
  if (after.warned && !before.warned) notices.push({ ...credit, kind: 'credit_expiring', number: after.version });
  return notices;
}

/** Amount and end in opposite directions: the amount decides. */
function changeOf(before: GrantTimes, after: GrantTimes): 'credit_extended' | 'credit_reduced' | null {
  const difference = moneyOf(after.amount) - moneyOf(before.amount);
  if (difference !== 0n) return difference > 0n ? 'credit_extended' : 'credit_reduced';
  if (after.until === before.until) return null;
  return after.until > before.until ? 'credit_extended' : 'credit_reduced';
}
