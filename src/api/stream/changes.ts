import type { Scope } from '../../domain/access/scopes.js';

/** What open pages receive: which thing changed, never what it is now. */
const changeTypes = [
  'client.changed',
  'notification.changed',
  'profile.changed',
  'client_template.changed',
  'credit.changed',
  'request.changed',
  'audit.created',
  'event.changed',
  'job.changed',
  'webhook.changed',
  'system.changed',
] as const;
type ChangeType = (typeof changeTypes)[number];

/**
 * Every change arrives on this channel, as `<type> <id> <client or -> <reseller or ->`: from the trigger function
 * `notify_change` (migrations/000020_open_pages.sql lists its tables), and for charges from ledger-changes.ts.
 */
export const changesChannel = 'lowwater_changes';

export interface Change {
  readonly type: ChangeType;
  /** of the resource; for `client.changed` the client's; null: of the whole system */
  readonly id: string | null;
  readonly clientId: string | null;
  readonly resellerId: string | null;
}

const pattern = /^([a-z_]+\.[a-z]+) (\d+(?:,\d+)*) (-|\d+) (-|\d+)$/;

/**
 * What ends streams: a key was revoked or changed, a user was disabled, deleted or changed, a session ended. Sent on the
 * same channel as `<type> <id> - -`, and never sent to a page.
 */
const accessTypes = ['key.changed', 'user.changed', 'session.ended'] as const;

export interface AccessChange {
  readonly type: (typeof accessTypes)[number];
  readonly id: string;
}

/** What one NOTIFY says of the rights of callers; null: nothing. */
export function parseAccessChange(payload: string): AccessChange | null {
  const [, word, id] = pattern.exec(payload) ?? [];
  const type = accessTypes.find((known) => known === word);
  return type && id !== undefined ? { type, id } : null;
}

/** What one NOTIFY says: one change, or with several ids those of many clients. Nothing where it is none of ours. */
export function parseChanges(payload: string): Change[] {
  const [, word, ids, client, reseller] = pattern.exec(payload) ?? [];
  const type = changeTypes.find((known) => known === word);
  if (!type || ids === undefined) return [];
  return ids.split(',').map((id) => ({
    type,
    id,
    clientId: type === 'client.changed' ? id : given(client),
    resellerId: given(reseller),
  }));
}

function given(word: string | undefined): string | null {
  return word === undefined || word === '-' ? null : word;
}

/** PostgreSQL takes less than 8000 bytes; twenty to an id leaves room. */
const idsAPayload = 300;

/** The payloads that name many clients. */
export function clientPayloads(clientIds: readonly string[]): string[] {
  const payloads: string[] = [];
  for (let from = 0; from < clientIds.length; from += idsAPayload) {
    payloads.push(`client.changed ${clientIds.slice(from, from + idsAPayload).join(',')} - -`);
  }
  return payloads;
}

/** Two changes with one key within a second are one event. */
export function keyOf({ type, id }: Change): string {
  return `${type} ${id ?? ''}`;
}

/** Callers get no events of objects that they can't read. */
export const scopeOf: Readonly<Record<ChangeType, Exclude<Scope, '*'> | 'any'>> = {
  'client.changed': 'clients:read',
  'notification.changed': 'notifications:read',
  'profile.changed': 'profiles:read',
  'client_template.changed': 'profiles:read',
  'credit.changed': 'credit:read',
  'request.changed': 'credit:read',
  'audit.created': 'audit:read',
  'event.changed': 'events:read',
  'job.changed': 'jobs:read',
  'webhook.changed': 'webhooks:read',
  'system.changed': 'any',
};
