import type { ReadResult } from '../balances/source.js';
import { faultReason, writeBalanceFaults } from '../storage/monitoring/balance-faults.js';
import { recordSourceOutage, recordSourceReturn, writeReadings } from '../storage/monitoring/balance-source.js';
import type { ObservedRow } from '../storage/monitoring/monitors.js';
import type { ActivityDeps } from './deps.js';

/** What a foreign source told of a batch is kept, for the lists show the same balance that the monitor decides by. */
export async function keepReadings(
  deps: ActivityDeps,
  rows: ReadonlyMap<string, ObservedRow>,
  read: ReadResult,
  atMs: number,
): Promise<void> {
  const watched = [...rows.values()].filter(({ status }) => status !== 'deleted');
  const told = watched.map(({ clientId }) => ({ clientId, live: toldLive(read, clientId) }));
  await writeReadings(deps.sql, told, atMs);
}

/** null: unknown */
export function toldLive(read: ReadResult, clientId: string): string | null {
  const reading = read.get(clientId);
  return reading && 'live' in reading ? reading.live : null;
}

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
  if (!read || read.size === 0) return;
  // The batch fails or succeeds as a whole. A client whose reason changed is the proof that the source is back; after the
  // faults are written, so that the signal reaches only clients that are still unknown.
  const isDown = [...read.values()].every((reading) => 'sourceDown' in reading);
  if (isDown) await recordSourceOutage(deps.sql, atMs);
  else if (changes.length > 0) await recordSourceReturn(deps.sql);
}
