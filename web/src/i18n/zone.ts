import { useSyncExternalStore } from 'react';
import { browserZone, presentZone, supportedValues, usableZone } from './intl';
import { readSaved, save } from './saved';

/** Whose clock the page shows: the user's, UTC, or on the pages of a client that client's. */
export const zoneModes = ['mine', 'utc', 'client'] as const;
export type ZoneMode = (typeof zoneModes)[number];

const kept = 'lowwater.zone';
const listeners = new Set<() => void>();
let mode: ZoneMode = firstMode();
let mine: string = browserZone();

const zoneMode = (): ZoneMode => mode;

export function setZoneMode(next: ZoneMode): void {
  mode = next;
  save(kept, next);
  for (const listener of listeners) listener();
}

/** The zone of the user's profile, once it is known; until then the browser's. */
export function setOwnZone(zone: string | null): void {
  mine = zone === null ? browserZone() : usableZone(zone);
  for (const listener of listeners) listener();
}

/** The IANA zone in which to show times. @param clientZone the zone of the client that the time is about */
export function useZone(clientZone: string | null = null): string {
  const read = (): string => zoneOf(clientZone);
  return useSyncExternalStore(subscribe, read);
}

export const useZoneMode = (): ZoneMode => useSyncExternalStore(subscribe, zoneMode);

export function zoneOf(clientZone: string | null = null): string {
  if (mode === 'utc') return 'UTC';
  return mode === 'client' && clientZone !== null ? usableZone(clientZone) : mine;
}

/** The zones to choose from: those of the browser, and UTC, which some leave out. */
export function zones(): readonly string[] {
  const known = supportedValues('timeZone').map(presentZone);
  return [...new Set(['UTC', ...known])].sort();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function firstMode(): ZoneMode {
  const last = readSaved(kept);
  return zoneModes.find((known) => known === last) ?? 'mine';
}
