import type { OwnReason } from '../../domain/credit/own-reasons.js';
import { endOpenGrant } from '../../storage/credit/temporary-credit-ends.js';
import type { Transaction } from '../../storage/system/database.js';
import type { ChangeEntry, Requester } from '../change.js';
import { grantEntry, revertedGrantEntry } from './grant-entry.js';

/**
 * Ends the temporary credit of a client within the transaction of another change, such as the client's deletion. The
 * caller holds the client's row locked, and records the entry.
 *
 * @returns null where there was none
 */
export async function cancelOpenGrant(
  tx: Transaction,
  { actor, now }: Requester,
  client: { readonly id: string; readonly creditLimit: string },
  reason: string,
): Promise<ChangeEntry | null> {
  const ended = await endOpenGrant(tx, client, { actorId: actor.id, reason }, now);
  if (ended?.kind === 'reverted') return revertedGrantEntry(ended);
  return ended && grantEntry('temporary_credit.cancel', reason, ended.before, ended.after);
}

/** Ends the temporary credit of a client that is made unlimited: recorded as that, with why it was. */
export function endGrantOfUnlimited(
  tx: Transaction,
  requester: Requester,
  client: { readonly id: string; readonly creditLimit: string },
  reason: string | null,
): Promise<ChangeEntry | null> {
  const cause: OwnReason = 'became_unlimited';
  const why = reason === null ? cause : `${cause}: ${reason}`;
  return cancelOpenGrant(tx, requester, client, why.slice(0, 500));
}
