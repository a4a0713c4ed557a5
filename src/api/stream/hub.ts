import type { Logger } from '../../observability/logger.js';
import type { Sql } from '../../storage/system/database.js';
import { readClientOwners, readResellerPaths } from '../../storage/clients/change-owners.js';
import { allows, type Scope } from '../../domain/access/scopes.js';
import { keyOf, scopeOf, type AccessChange, type Change } from './changes.js';
import { findEndedAccess, isConcerned, type StreamAccess } from './stream-access.js';

/** The reader of an open stream. */
export interface Subscriber {
  /** bounded by `streamsPerCaller` */
  readonly callerId: string;
  readonly resellerId: string;
  readonly isOperator: boolean;
  readonly scopes: ReadonlySet<Scope>;
  readonly send: (changes: readonly Change[]) => void;
  /** something may have been missed, or is too much to name: read everything again */
  readonly reset: () => void;
  /** by whose right the stream is open */
  readonly access: StreamAccess;
  /** the right has ended or changed, or the service stops */
  readonly end: () => void;
}

export interface Hub {
  /** The caller has as many streams as it may, or the service stops. */
  isFull(callerId: string): boolean;
  add(subscriber: Subscriber): void;
  remove(subscriber: Subscriber): void;
  take(changes: readonly Change[]): void;
  /** Ends the streams that a key, a user or a session opened which has just changed. */
  endFor(change: AccessChange): void;
  /** Ends the streams whose right does not hold any more: of these subscribers, or of all. */
  recheck(nowMs: number, some?: readonly Subscriber[]): Promise<void>;
  resetAll(): void;
  /** Streams that are open. */
  readonly size: number;
  /** Ends all streams. */
  endAll(): void;
  /** Ends all streams; later ones are refused. */
  stop(): void;
}

export const streamsPerCaller = 20;

/** The first change after a quiet second goes out almost at once, those that follow together a second later. */
const gatherMs = 50;
const betweenMs = 1000;

/** More per second than a page would read one by one. */
const mostAtOnce = 500;

/**
 * Gathers changes and hands each subscriber those that it may know of: at most one event for a thing in a second. Whose
 * a thing is, is looked up once for all.
 */
export function createHub(sql: Sql, logger: Logger): Hub {
  const subscribers = new Set<Subscriber>();
  const pending = new Map<string, Change>();
  let timer: NodeJS.Timeout | null = null;
  let lastFlush = 0;
  let isStopped = false;

  function plan(): void {
    if (timer !== null || isStopped) return;
    timer = setTimeout(() => void flush(), Math.max(gatherMs, lastFlush + betweenMs - Date.now()));
  }

  async function flush(): Promise<void> {
    lastFlush = Date.now();
    const changes = [...pending.values()];
    pending.clear();
    try {
      if (changes.length > mostAtOnce) resetAll();
      else await handOut(changes);
    } catch (error) {
      logger.warn({ err: error }, 'changes not delivered: open pages read everything again');
      resetAll();
    }
    timer = null;
    if (pending.size > 0) plan();
  }

  async function handOut(changes: readonly Change[]): Promise<void> {
    const all = [...subscribers];
    const owners = all.some(({ isOperator }) => !isOperator) ? await ownersOf(sql, changes) : new Map();
    for (const subscriber of all) {
      const known = changes.filter((change) => maySee(subscriber, change, owners.get(change)));
      if (known.length > 0) subscriber.send(known);
    }
  }

  function endStream(subscriber: Subscriber): void {
    subscribers.delete(subscriber);
    subscriber.end();
  }

  function endAll(): void {
    for (const subscriber of [...subscribers]) endStream(subscriber);
  }

  function resetAll(): void {
    for (const subscriber of subscribers) subscriber.reset();
  }

  return {
    isFull: (callerId) =>
      isStopped || [...subscribers].filter((one) => one.callerId === callerId).length >= streamsPerCaller,
    add(subscriber) {
      subscribers.add(subscriber);
      if (isStopped) subscriber.end();
    },
    remove: (subscriber) => void subscribers.delete(subscriber),
    take(changes) {
      if (subscribers.size === 0 || changes.length === 0) return;
      // Past the most, the only event is that there was too much.
      for (const change of changes) if (pending.size <= mostAtOnce) pending.set(keyOf(change), change);
      plan();
    },
    endFor(change) {
      for (const subscriber of [...subscribers]) {
        if (isConcerned(subscriber.access, change)) endStream(subscriber);
      }
    },
    async recheck(nowMs, some = [...subscribers]) {
      const gone = await findEndedAccess(
        sql,
        some.map(({ access }) => access),
        nowMs,
      );
      for (const subscriber of some) if (gone.has(subscriber.access)) endStream(subscriber);
    },
    resetAll,
    endAll,
    get size() {
      return subscribers.size;
    },
    stop() {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      endAll();
    },
  };
}

function maySee(subscriber: Subscriber, change: Change, owners: readonly string[] | undefined): boolean {
  if (!allows(subscriber.scopes, scopeOf[change.type])) return false;
  return (
    subscriber.isOperator || change.type === 'system.changed' || (owners?.includes(subscriber.resellerId) ?? false)
  );
}

/** The resellers in whose subtree each change is; that of no client and no reseller is the operator's. */
async function ownersOf(sql: Sql, changes: readonly Change[]): Promise<Map<Change, readonly string[]>> {
  const ids = (values: readonly (string | null)[]): string[] => [
    ...new Set(values.filter((value): value is string => value !== null)),
  ];
  const [clients, resellers] = await Promise.all([
    readClientOwners(sql, ids(changes.map(({ clientId }) => clientId))),
    readResellerPaths(sql, ids(changes.map(({ resellerId }) => resellerId))),
  ]);
  return new Map(
    changes.map((change) => [
      change,
      (change.clientId !== null ? clients.get(change.clientId) : resellers.get(change.resellerId ?? '')) ?? [],
    ]),
  );
}
