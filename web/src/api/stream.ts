import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { Kind } from './keys';
import { renewSoon, stopRenewal } from './renewal';

/** What /v1/stream sends: that something has changed, never what it is now. */
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

export interface Change {
  /** `reset`: changes may have been missed; `poll`: the stream is cut, it is time to look */
  readonly type: ChangeType | 'reset' | 'poll';
  readonly clientId: string | null;
  readonly resourceId: string | null;
}

/** live: changes arrive automatically; polling: the page asks every 15 s; off: no user is logged in */
export type StreamState = 'live' | 'connecting' | 'polling' | 'off';

const pollMs = 15_000;
/** The server ends a stream now and then; the browser is back within a few seconds. */
const patienceMs = 8000;
const reconnectMs = 60_000;
/** In a fleet something changes all the time; its numbers are not counted more often than this. */
const overviewPaceMs = 10_000;

let state: StreamState = 'off';
const stateListeners = new Set<() => void>();
const changeListeners = new Set<(change: Change) => void>();

/**
 * Listens to the stream while `enabled`, and makes the query cache fetch again what changed. Used once, by the shell.
 */
export function useStreamConnection(queries: QueryClient, enabled: boolean): void {
  useEffect(() => {
    if (!enabled) return undefined;
    const overview = paced(() => void queries.invalidateQueries({ queryKey: ['overview'] }), overviewPaceMs);
    const stopCache = onChange((change) => {
      refetch(queries, change);
      if (change.type !== 'audit.created') overview.run();
    });
    const stopStream = connect();
    return () => {
      stopStream();
      stopCache();
      overview.stop();
      stopRenewal(queries);
    };
  }, [queries, enabled]);
}

export function useStreamState(): StreamState {
  return useSyncExternalStore(
    (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    () => state,
  );
}

/** Receives every change; returns how to stop. The list kit announces new rows by it. */
export function onChange(listener: (change: Change) => void): () => void {
  changeListeners.add(listener);
  return () => changeListeners.delete(listener);
}

/** Whether a change may concern a list of `kind`. */
export function concerns(change: Change, kind: Kind): boolean {
  return change.type === 'reset' || change.type === 'poll' || kindsOf[change.type].includes(kind);
}

const kindsOf: Readonly<Record<ChangeType, readonly Kind[]>> = {
  'client.changed': ['clients', 'payments', 'cardPayments', 'invoices', 'accounts', 'transfers'],
  'notification.changed': ['notifications', 'rateNotifications', 'rateSubscriptions', 'clients'],
  'profile.changed': ['profiles'],
  'client_template.changed': ['clientTemplates'],
  'credit.changed': ['credits', 'clients'],
  'request.changed': ['creditRequests', 'clients'],
  'audit.created': ['audit'],
  'event.changed': ['events'],
  'job.changed': ['jobs'],
  'webhook.changed': ['webhookEndpoints', 'webhookDeliveries'],
  'system.changed': [],
};

function refetch(queries: QueryClient, change: Change): void {
  const isAll = change.type === 'reset' || change.type === 'poll';
  renewSoon(queries, ([kind, second]) => {
    // Reconnecting must not drop who is logged in; a list announces its new rows itself.
    if (kind === 'session' || kind === 'me' || second === 'list') return false;
    // Numbers of the fleet change with every client: they have their own pace.
    if (kind === 'overview') return false;
    if (isAll) return true;
    if (kind === 'health') return change.type === 'system.changed' || change.type === 'event.changed';
    if (kind === 'clients') return change.clientId !== null && second === change.clientId;
    if (!concerns(change, kind as Kind)) return false;
    return change.resourceId === null || second === change.resourceId;
  });
}

/** Runs at once, then at most once a pace, the last wish included. */
function paced(run: () => void, paceMs: number): { readonly run: () => void; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWanted = false;
  const start = (): void => {
    isWanted = false;
    run();
    timer = setTimeout(() => {
      timer = undefined;
      if (isWanted) start();
    }, paceMs);
  };
  return {
    run() {
      isWanted = true;
      if (timer === undefined) start();
    },
    stop: () => clearTimeout(timer),
  };
}

function connect(): () => void {
  let source: EventSource | null = null;
  let poll: ReturnType<typeof setInterval> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let impatience: ReturnType<typeof setTimeout> | undefined;
  const stopPolling = (): void => {
    clearTimeout(impatience);
    impatience = undefined;
    clearInterval(poll);
  };
  const startPolling = (): void => {
    if (state === 'polling') return;
    setState('polling');
    poll = setInterval(() => notify({ type: 'poll', clientId: null, resourceId: null }), pollMs);
  };
  const open = (): void => {
    source = new EventSource('/v1/stream');
    source.onopen = () => {
      // Changes without a listener are not sent again.
      if (state === 'polling') notify({ type: 'reset', clientId: null, resourceId: null });
      stopPolling();
      setState('live');
    };
    source.onerror = () => {
      impatience ??= setTimeout(startPolling, patienceMs);
      // The browser reconnects automatically unless it was refused.
      if (source?.readyState !== EventSource.CLOSED) return;
      clearTimeout(retry);
      retry = setTimeout(open, reconnectMs);
    };
    const receive = (event: MessageEvent<string>): void => {
      const change = parse(event);
      if (change) notify(change);
    };
    for (const type of [...changeTypes, 'reset', 'message']) source.addEventListener(type, receive);
  };
  setState('connecting');
  open();
  return () => {
    source?.close();
    stopPolling();
    clearTimeout(retry);
    setState('off');
  };
}

function parse(event: MessageEvent<string>): Change | null {
  try {
    const data = JSON.parse(event.data || '{}') as Partial<Record<'type' | 'clientId' | 'resourceId', string>>;
    const type = [...changeTypes, 'reset' as const].find((known) => known === (data.type ?? event.type));
    return type ? { type, clientId: data.clientId ?? null, resourceId: data.resourceId ?? null } : null;
  } catch {
    return null;
  }
}

function notify(change: Change): void {
  for (const listener of changeListeners) listener(change);
}

function setState(next: StreamState): void {
  if (next === state) return;
  state = next;
  for (const listener of stateListeners) listener();
}
