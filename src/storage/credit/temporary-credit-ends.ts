import { moneyOf } from '../../domain/money.js';
import { systemActor } from '../../domain/monitoring/state.js';
import { toSecond } from '../../domain/monitoring/schedule.js';
import type { Transaction } from '../system/database.js';
import { addGrantHistory, endGrant, findOpenGrant, type GrantRow } from './temporary-credit-rows.js';

/**
 * Ends of temporary credits that no request for the credit itself asks for. The caller holds the client's row locked.
 */

interface GrantOwner {
  readonly id: string;
  /** permanent limit */
  readonly creditLimit: string;
}

/** A grant before and after it ended. */
interface EndedGrant {
  readonly kind: 'reverted' | 'cancelled';
  readonly before: GrantRow;
  readonly after: GrantRow;
}

/**
 * Reverts a grant whose end has passed: it adds nothing any more, and a late worker must not block the next one. The
 * caller writes the audit row.
 *
 * @returns null where there is none
 */
export async function revertExpiredGrant(tx: Transaction, owner: GrantOwner, atMs: number): Promise<EndedGrant | null> {
  const before = await findOpenGrant(tx, owner.id);
  if (!before || before.validUntil.getTime() > atMs) return null;
  return { kind: 'reverted', before, after: await revertGrant(tx, owner.creditLimit, before, atMs) };
}

/**
 * Ends the scheduled or active grant of a client that is deleted or made unlimited, with its history row: reverts it
 * where its end has passed, else cancels it. The caller writes the audit row.
 *
 * @returns null where there is none
 */
export async function endOpenGrant(
  tx: Transaction,
  owner: GrantOwner,
  why: { readonly actorId: string; readonly reason: string },
  nowMs: number,
): Promise<EndedGrant | null> {
  const atMs = toSecond(nowMs);
  const reverted = await revertExpiredGrant(tx, owner, atMs);
  if (reverted) return reverted;
  const before = await findOpenGrant(tx, owner.id);
  if (!before) return null;
  const after = await endGrant(tx, before.id, 'cancelled', atMs);
  const was = before.status === 'active' ? moneyOf(before.amount) : 0n;
  await addGrantHistory(tx, after, { kind: 'cancelled', limit: owner.creditLimit, was, is: 0n, atMs, ...why });
  return { kind: 'cancelled', before, after };
}

/** Ends a grant at its end, by the clock. */
export async function revertGrant(
  tx: Transaction,
  creditLimit: string,
  grant: GrantRow,
  atMs: number,
): Promise<GrantRow> {
  const after = await endGrant(tx, grant.id, 'reverted', atMs);
  await addGrantHistory(tx, grant, {
    kind: 'reverted',
    limit: creditLimit,
    was: moneyOf(grant.amount),
    is: 0n,
    atMs,
    actorId: systemActor.id,
    reason: grant.reason,
  });
  return after;
}
