import type { ReadResult } from '../../balances/source.js';
import { errorReason, writeBalanceErrors } from '../../storage/monitoring/balance-errors.js';
import { recordSourceOutage, recordSourceReturn, writeReadings } from '../../storage/monitoring/balance-source.js';
import type { ObservedRow } from '../../storage/monitoring/monitors.js';
import type { ActivityDeps } from '../deps.js';

/** Saves what an external source returned for a batch, so that lists show the balance that the monitor decides by. */
export async function saveReadings(
  deps: ActivityDeps,
  rows: ReadonlyMap<string, ObservedRow>,
  read: ReadResult,
  atMs: number,
): Promise<void> {
  const watched = [...rows.values()].filter(({ status }) => status !== 'deleted');
  const readings = watched.map(({ clientId }) => ({ clientId, live: externalLiveBalance(read, clientId) }));
  await writeReadings(deps.sql, readings, atMs);
}

/** null: unknown */
export function externalLiveBalance(read: ReadResult, clientId: string): string | null {
  const reading = read.get(clientId);
  return reading && 'live' in reading ? reading.live : null;
}

/**
 * Keeps why a balance is unknown where people can read it. Writes only what differs from what the observe statement
 * found, so that an outage of hours is one write a client, and a fleet that is well costs nothing.
 *
 * @param read what the external source returned; null: balances are our own, which are always known
 */
export async function saveBalanceErrors(
  deps: ActivityDeps,
  rows: ReadonlyMap<string, ObservedRow>,
  read: ReadResult | null,
  atMs: number,
): Promise<void> {
  const changes = [...rows.values()].flatMap(({ clientId, fault }) => {
    const reading = read?.get(clientId);
    const reason = reading && 'unknown' in reading ? errorReason(reading.unknown) : null;
    return reason === fault ? [] : [{ clientId, reason }];
  });
  if (changes.length > 0) await writeBalanceErrors(deps.sql, changes, deps.balances?.kind ?? null, atMs);
  if (!read || read.size === 0) return;
  // The batch fails or succeeds as a whole. A client whose reason changed is the proof that the source is back; after
  // the faults are written, so that the signal reaches only clients that are still unknown.
  const isDown = [...read.values()].every((reading) => 'sourceDown' in reading);
  if (isDown) await recordSourceOutage(deps.sql, atMs);
  else if (changes.length > 0) await recordSourceReturn(deps.sql);
}
