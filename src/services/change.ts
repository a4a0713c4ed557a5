import type { Actor } from '../domain/monitoring/state.js';
import type { LimitCap } from '../storage/credit/limit-cap.js';
import type { SignalOrigin } from '../storage/monitoring/outbox.js';
import { writeAuditRows, type AuditEntry } from '../storage/system/audit/audit.js';
import type { Transaction } from '../storage/system/database.js';
import type { Scope } from '../storage/system/scope.js';

/** Who wants something done, within which part of the tree, and when. */
export interface Requester {
  readonly scope: Scope;
  readonly actor: Actor;
  /** ms since 1970, one instant for the whole request */
  readonly now: number;
  /** the highest permanent credit limit to which it may raise a client's; absent: there is no maximum */
  readonly limitCap?: LimitCap;
  /** how the signals of what is changed queue; absent: as a change of that many clients. A job's go behind the others */
  readonly origin?: SignalOrigin;
}

/** What the audit row says besides the actor. */
export type ChangeEntry = Omit<AuditEntry, 'actor' | 'source' | 'requestId'>;

/** What a use case has done: its result with the audit rows of what it changed. */
export interface Outcome<T> {
  readonly result: T;
  readonly entries: readonly ChangeEntry[];
  /** who did it, where only the work found that out; absent: the requester */
  readonly actorId?: string;
}

/** Called with the row that is to change, locked; throws where the requester has not read this version of it. */
export type Precondition<Row> = (row: Row) => void;

/** Something was changed, which is recorded. */
export function recorded<T>(result: T, entry: ChangeEntry, ...more: readonly ChangeEntry[]): Outcome<T> {
  return { result, entries: [entry, ...more] };
}

/** The same, by a user that the work has identified: one who logs in. */
export function recordedBy<T>(actorId: string, outcome: Outcome<T>): Outcome<T> {
  return { ...outcome, actorId };
}

/** Something was changed that needs no audit row: it is its own record, or only its owner notices it (preferences). */
export function unrecorded<T>(result: T): Outcome<T> {
  return { result, entries: [] };
}

/** Several things were changed, each of which is recorded; none of them where all were so already. */
export function recordedAll<T>(result: T, entries: readonly ChangeEntry[]): Outcome<T> {
  return { result, entries };
}

/** Nothing was changed: it was so already. */
export function unchanged<T>(result: T): Outcome<T> {
  return { result, entries: [] };
}

/**
 * Appends entries to the ledger, in one transaction within the requester's scope, without audit rows: the ledger is its
 * own record. Each entry says what was recorded, when, and its source, and none is edited or removed, so that
 * an audit row would repeat it, and cost every charge a statement. Nothing but entries is written in this way.
 */
export function appendToLedger<T>({ scope }: Requester, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return scope.write(work);
}

/**
 * Carries out one use case: everything it writes and its audit rows, in one transaction within the requester's scope.
 * Besides `appendToLedger`, it is the only way in which a service writes, so that nothing is changed without a record
 * (a lint rule).
 */
export function change<T>({ scope, actor }: Requester, work: (tx: Transaction) => Promise<Outcome<T>>): Promise<T> {
  return scope.write(async (tx) => {
    const { result, entries, actorId = actor.id } = await work(tx);
    const { source, requestId = null } = actor;
    await writeAuditRows(
      tx,
      entries.map((entry) => ({ ...entry, actor: actorId, source, requestId })),
    );
    return result;
  });
}
