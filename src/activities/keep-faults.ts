import type { ReadResult } from '../balances/source.js';
import { faultReason, writeBalanceFaults } from '../storage/balance-faults.js';
import type { ObservedRow } from '../storage/monitors.js';
import type { ActivityDeps } from './deps.js';

/**
 * Keeps why a balance is unknown where people can read it. Writes only what differs from what the observe statement
 * found, so that an outage of hours is one write a client, and a fleet that is well costs nothing.
 *
 * @param read what the foreign source told; null: balances are our own, which are always known
 */
export async function keepFaults(
  deps: ActivityDeps,
  rows: ReadonlyMap<string, ObservedRow>,
  read: ReadResult | null,
  atMs: number,
): Promise<void> {
  const changes = [...rows.values()].flatMap(({ clientId, fault }) => {
    const reading = read?.get(clientId);
    const reason = reading && 'unknown' in reading ? faultReason(reading.unknown) : null;
    return reason === fault ? [] : [{ clientId, reason }];
  });
  if (changes.length > 0) await writeBalanceFaults(deps.sql, changes, deps.balances?.kind ?? null, atMs);
}
