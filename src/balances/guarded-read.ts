import { markAllUnknown } from './answers.js';
import { SourceDown, type BalanceRequest, type ReadResult, type SourceObserver } from './source.js';

/** Clients whose fault is remembered, so that it is reported once; more than that is a fault of the source. */
const rememberAtMost = 10_000;

/**
 * Wraps a source's way of asking: an outage becomes "unknown" for the batch, and is reported once when it begins and
 * once when it ends, whatever the number of reads in between. So is what is wrong with a single client.
 */
export function guardedRead(
  source: string,
  ask: (clients: readonly BalanceRequest[], atMs: number) => Promise<ReadResult>,
  observer: SourceObserver,
): (clients: readonly BalanceRequest[], atMs: number) => Promise<ReadResult> {
  let state: 'up' | 'down' = 'up';
  const faults = new Map<string, string>();
  const change = (next: 'up' | 'down', reason?: string): void => {
    if (next === state) return;
    state = next;
    observer.onChange?.(reason === undefined ? { source, state } : { source, state, reason });
  };
  const attempt = async (clients: readonly BalanceRequest[], atMs: number): Promise<ReadResult> => {
    try {
      const result = await ask(clients, atMs);
      change('up');
      reportUnknownClients(source, result, faults, observer);
      return result;
    } catch (error) {
      const reason = reasonOf(error);
      change('down', reason);
      return markAllUnknown(clients, `the balance source is not usable: ${reason}`);
    }
  };
  return async (clients, atMs) => {
    if (clients.length === 0) return new Map();
    const started = performance.now();
    const result = await attempt(clients, atMs);
    observer.onRead?.({
      source,
      seconds: (performance.now() - started) / 1000,
      clients: result.size,
      unknown: [...result.values()].filter((entry) => 'unknown' in entry).length,
    });
    return result;
  };
}

function reportUnknownClients(
  source: string,
  result: ReadResult,
  faults: Map<string, string>,
  observer: SourceObserver,
): void {
  for (const [clientId, entry] of result) {
    const reason = 'unknown' in entry ? entry.unknown : null;
    if (reason === (faults.get(clientId) ?? null)) continue;
    if (reason === null) faults.delete(clientId);
    else if (faults.has(clientId) || faults.size < rememberAtMost) faults.set(clientId, reason);
    else continue;
    observer.onClient?.({ source, clientId, reason });
  }
}

/** The same asking as a proof for a person: rejects with the reason in plain words. */
export function verifySource(ask: () => Promise<unknown>): () => Promise<void> {
  return async () => {
    try {
      await ask();
    } catch (error) {
      throw new Error(`the balance source is not usable: ${reasonOf(error)}`, { cause: error });
    }
  };
}

/** Foreign error texts may quote data or addresses; only ours and well-known codes are shown. */
function reasonOf(error: unknown): string {
  if (error instanceof SourceDown) return error.message;
  const code = codeOf(error) ?? codeOf(causeOf(error));
  return code ? `it failed (${code})` : 'it failed';
}

/** `ECONNREFUSED`, an SQLSTATE, a certificate's fault. */
function codeOf(error: unknown): string | null {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^\w+$/.test(code) ? code : null;
}

/** `fetch` keeps what happened there. */
function causeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'cause' in error ? error.cause : null;
}
