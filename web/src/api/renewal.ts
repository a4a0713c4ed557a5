import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * Fetches again what changed, without a burst: changes are gathered, and a request that is on its way is never aborted
 * for another. What it reads may be older than the change, so it is made once more when it has ended.
 */

/** A change is mostly several events: the entry, its audit row, the evaluation. */
const gatherMs = 100;
/** Between two rounds of events: a busy client changes many times a second. */
const paceMs = 1000;
/** The least wait before a request that was on its way is made once more. */
const settleMs = 100;

type Matches = (key: QueryKey) => boolean;

interface Renewal {
  readonly dirty: Set<string>;
  timer: ReturnType<typeof setTimeout> | undefined;
  lastAt: number;
}

const renewals = new WeakMap<QueryClient, Renewal>();

/** Fetches again what matches, at once: after the user's own change. Resolves when the answers are here. */
export async function renewNow(queries: QueryClient, matches: Matches): Promise<void> {
  const renewal = renewalOf(queries);
  mark(queries, renewal, matches);
  await flush(queries, renewal);
}

/** Fetches again what matches, soon, together with what changes until then: after an event of the stream. */
export function renewSoon(queries: QueryClient, matches: Matches): void {
  const renewal = renewalOf(queries);
  mark(queries, renewal, matches);
  const sinceLast = Date.now() - renewal.lastAt;
  schedule(queries, renewal, Math.max(gatherMs, paceMs - sinceLast));
}

/** Drops what waits: the user has logged out. */
export function stopRenewal(queries: QueryClient): void {
  const renewal = renewalOf(queries);
  clearTimeout(renewal.timer);
  renewal.timer = undefined;
  renewal.dirty.clear();
}

function renewalOf(queries: QueryClient): Renewal {
  const known = renewals.get(queries) ?? { dirty: new Set<string>(), timer: undefined, lastAt: 0 };
  renewals.set(queries, known);
  return known;
}

function mark(queries: QueryClient, renewal: Renewal, matches: Matches): void {
  for (const query of queries.getQueryCache().getAll()) {
    if (!matches(query.queryKey)) continue;
    // Stale from now on: it is fetched when it is shown next.
    query.invalidate();
    renewal.dirty.add(query.queryHash);
  }
}

function schedule(queries: QueryClient, renewal: Renewal, waitMs: number): void {
  renewal.timer ??= setTimeout(() => {
    renewal.timer = undefined;
    void flush(queries, renewal);
  }, waitMs);
}

async function flush(queries: QueryClient, renewal: Renewal): Promise<void> {
  const cache = queries.getQueryCache();
  const dirty = [...renewal.dirty].flatMap((hash) => cache.get(hash) ?? []);
  const busy = dirty.filter(isOnItsWay);
  const due = new Set(dirty.filter((query) => !busy.includes(query)));
  renewal.dirty.clear();
  for (const query of busy) renewal.dirty.add(query.queryHash);
  for (const query of due) query.invalidate();
  if (due.size > 0) renewal.lastAt = Date.now();
  await Promise.all([
    queries.refetchQueries({ predicate: (query) => due.has(query), type: 'active' }, { cancelRefetch: false }),
    ...busy.map(async (query) => {
      await Promise.allSettled([query.promise, pause(settleMs)]);
      await flush(queries, renewal);
    }),
  ]);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const isOnItsWay = ({ state }: Query): boolean => state.fetchStatus === 'fetching';
