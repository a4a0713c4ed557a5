import type { Sql } from '../system/database.js';
import { raiseEvent } from './raise-event.js';
import { resolveOpenEvents } from './resolve-event.js';

/** Raises `source.failing`, of the whole installation: one event per source until it answers again. */
export async function raiseSourceFailure(sql: Sql, source: string, reason: string, atMs: number): Promise<void> {
  await raiseEvent(sql, {
    kind: 'source.failing',
    cause: source,
    subjectId: source,
    clientId: null,
    resellerId: null,
    data: { source, reason },
    atMs,
  });
}

/** Raises `mailbox.failing`, of the whole installation: one event until it is read again. */
export async function raiseMailboxFailure(sql: Sql, mailbox: string, reason: string, atMs: number): Promise<void> {
  await raiseEvent(sql, {
    kind: 'mailbox.failing',
    cause: mailbox,
    subjectId: mailbox,
    clientId: null,
    resellerId: null,
    data: { mailbox, reason },
    atMs,
  });
}

/** Resolves `mailbox.failing`: the mailbox for bounces is read again, or none is set. */
export async function resolveMailboxFailure(sql: Sql, reason: string): Promise<void> {
  await resolveOpenEvents(sql, { kind: 'mailbox.failing' }, { reason, at: new Date() });
}

/** Resolves `source.failing`: the source answers. */
export async function resolveSourceFailure(sql: Sql, source: string, atMs: number): Promise<void> {
  await resolveOpenEvents(
    sql,
    { kind: 'source.failing', cause: source },
    {
      reason: 'The balance source answers again',
      at: new Date(atMs),
    },
  );
}
