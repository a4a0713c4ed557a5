import { useSyncExternalStore } from 'react';

/** Whose clock the page shows: the user's, UTC, or on the pages of a client that client's. */
export const zoneModes = ['mine', 'utc', 'client'] as const;
export type ZoneMode = (typeof zoneModes)[number];

/** Browsers keep the names that places had when they were first listed; the service knows both. */
const renamed: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
};

const kept = 'lowwater.zone';
const listeners = new Set<() => void>();
let mode: ZoneMode = firstMode();
let mine: string = browserZone();

const zoneMode = (): ZoneMode => mode;

export function setZoneMode(next: ZoneMode): void {
  mode = next;
  localStorage.setItem(kept, next);
  for (const listener of listeners) listener();
}

/** The zone of the user's profile, once it is known; until then the browser's. */
export function setOwnZone(zone: string | null): void {
  mine = zone ?? browserZone();
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
  return mode === 'client' ? (clientZone ?? mine) : mine;
}

export function browserZone(): string {
  return presentName(Intl.DateTimeFormat().resolvedOptions().timeZone);
}

/** The zones to choose from: those of the browser, and UTC, which some leave out. */
export function zones(): readonly string[] {
  const known = Intl.supportedValuesOf('timeZone').map(presentName);
  return [...new Set(['UTC', ...known])].sort();
}

function presentName(zone: string): string {
  return renamed[zone] ?? zone;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function firstMode(): ZoneMode {
  const last = typeof localStorage === 'undefined' ? null : localStorage.getItem(kept);
  return zoneModes.find((known) => known === last) ?? 'mine';
}
