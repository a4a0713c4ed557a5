import type { Actor } from '../../domain/monitoring/state.js';
import { moneyOf } from '../../domain/money.js';
import type { Transaction } from '../system/database.js';
import { audit, clockwork, columns, end, remember, type GrantRow } from './temporary-credit-rows.js';

/** Ends of temporary credits that no request for the credit itself asks for. The caller holds the client's row locked. */

interface GrantOwner {
  readonly id: string;
  /** permanent limit */
  readonly creditLimit: string;
}

/** Reverts a grant whose end has passed: it adds nothing any more, and a late worker must not block the next one. */
export async function revertExpiredGrant(tx: Transaction, owner: GrantOwner, atMs: number): Promise<void> {
  const grant = await findOpenGrant(tx, owner.id);
  if (grant && grant.validUntil.getTime() <= atMs) await revert(tx, owner, grant, atMs);
}

/**
 * Cancels the scheduled or active grant of a client that is deleted or made unlimited, with its history and audit rows.
 * Does nothing where there is none.
 */
export async function cancelOpenGrant(
  tx: Transaction,
  owner: GrantOwner,
  why: { readonly actor: Actor; readonly reason: string },
  atMs: number,
): Promise<void> {
  // Stored instants that the engine compares are whole seconds.
  const at = Math.floor(atMs / 1000) * 1000;
  const grant = await findOpenGrant(tx, owner.id);
  if (!grant) return;
  if (grant.validUntil.getTime() <= at) return revert(tx, owner, grant, at);
  const after = await end(tx, grant, 'cancelled', at);
  const was = grant.status === 'active' ? moneyOf(grant.amount) : 0n;
  await remember(tx, after, 'cancelled', moneyOf(owner.creditLimit), { was, is: 0n }, at, why);
  await audit(tx, 'temporary_credit.cancel', after, why.actor, why.reason, grant);
}

async function revert(tx: Transaction, owner: GrantOwner, grant: GrantRow, atMs: number): Promise<void> {
  await end(tx, grant, 'reverted', atMs);
  const effect = { was: moneyOf(grant.amount), is: 0n };
  const why = { actor: clockwork, reason: grant.reason };
  await remember(tx, grant, 'reverted', moneyOf(owner.creditLimit), effect, atMs, why);
}

async function findOpenGrant(tx: Transaction, clientId: string): Promise<GrantRow | null> {
  const [grant] = await tx<GrantRow[]>`
    select ${columns(tx)} from temporary_credits where client_id = ${clientId} and status in ('scheduled', 'active')`;
  return grant ?? null;
}
