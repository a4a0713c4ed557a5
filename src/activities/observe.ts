import type { CheckKind, MonitorOptions, ObserveInput, ObserveResult, PublishInput } from '../contract/monitor.js';
import { fingerprint } from '../domain/hash.js';
import { moneyOf } from '../domain/money.js';
import type { BalanceSource, ReadResult } from '../balances/source.js';
import { endMonitor, observeClients, publishMonitor, storedMonitor, type ObservedRow } from '../storage/monitors.js';
import { readWatchTerms, type WatchTerms } from '../storage/watch-terms.js';
import { createBatcher } from './batch.js';
import type { ActivityDeps } from './deps.js';
import { withFailures } from './failures.js';
import { keepFaults, keepReadings, toldLive } from './keep-readings.js';
import { monitorConfig } from './monitor-config.js';

const batchSize = 200;

/** The local activities of a monitor: what the database knows, and what lists show. */
export function observeActivities(deps: ActivityDeps) {
  const optionsTag = tagOf(deps.settings.monitor);
  const batched = createBatcher<ObserveInput, ObserveResult>({
    run: (asked) => observeBatch(deps, optionsTag, asked),
    // Somebody waits for what follows a poke; a check, or a new run that reads its configuration, is nobody's hurry.
    isUrgent: ({ check, known }) => check === undefined && known !== '',
    windowMs: deps.settings.batchWindowMs,
    maxSize: deps.settings.batchSize ?? batchSize,
    onBatch: (size) => deps.metrics?.observeBatchSize.observe(size),
  });
  return {
    /** Reads one client at one instant; concurrent calls share a statement. */
    observe: (input: ObserveInput): Promise<ObserveResult> => withFailures('observe', () => batched(input)),

    /** Writes what changed of a monitor to the read model. */
    publish: (input: PublishInput): Promise<void> =>
      withFailures('publish', async () => {
        await publishMonitor(deps.sql, input);
        if (input.check === 'demand' || input.check === 'crossing')
          countCheck(deps, input.check, input.available !== null);
      }),
  };
}

async function observeBatch(
  deps: ActivityDeps,
  optionsTag: string,
  asked: readonly ObserveInput[],
): Promise<ObserveResult[]> {
  const rows = await observeClients(deps.sql, asked);
  const latest = Math.max(...asked.map(({ at }) => at));
  const read = deps.balances && (await readBalances(deps.balances, rows, latest));
  if (read) await keepReadings(deps, rows, read, latest);
  await keepFaults(deps, rows, read, latest);
  const stale = asked.filter(
    ({ clientId, known }) => rows.has(clientId) && known !== versionOf(rows.get(clientId), optionsTag),
  );
  const terms =
    stale.length > 0
      ? await readWatchTerms(
          deps.sql,
          stale.map(({ clientId }) => clientId),
        )
      : new Map<string, WatchTerms>();
  return Promise.all(
    asked.map(async (input): Promise<ObserveResult> => {
      const row = rows.get(input.clientId);
      if (!row || row.status === 'deleted') {
        await endMonitor(deps.sql, input.clientId);
        return { refills: 0, chargedAt: 0, status: 'deleted' };
      }
      if (input.check) {
        countCheck(deps, 'scheduled', liveOf(row, read) !== null);
        deps.metrics?.checkLag.observe(Math.max(0, Date.now() - input.check.dueAt) / 1000);
      }
      const theirs = terms.get(input.clientId);
      const stored = input.restore ? await storedMonitor(deps.sql, input.clientId) : null;
      return {
        ...balanceOf(row, read),
        ...(theirs && { config: monitorConfig(theirs, versionOf(row, optionsTag), deps.settings.monitor) }),
        ...(stored && { stored }),
      };
    }),
  );
}

function countCheck(deps: ActivityDeps, kind: CheckKind, isKnown: boolean): void {
  deps.metrics?.checks.inc({ kind, outcome: isKnown ? 'known' : 'unknown' });
}

/** What was read of the balance; a field that says nothing is left out. */
function balanceOf(row: ObservedRow, read: ReadResult | null): ObserveResult {
  const live = liveOf(row, read);
  return {
    ...(live !== null && { live: trimmed(live) }),
    ...(moneyOf(row.creditLimit) !== 0n && { credit: trimmed(row.creditLimit) }),
    ...(moneyOf(row.temporaryCredit) !== 0n && { temporary: trimmed(row.temporaryCredit) }),
    ...(row.rate !== '1' && { rate: row.rate }),
    refills: row.refillSeq,
    chargedAt: row.chargedAtMs,
    ...(row.status === 'stop' && { status: 'stop' as const }),
  };
}

/** null: unknown */
function liveOf(row: ObservedRow, read: ReadResult | null): string | null {
  if (!read) return row.live;
  return toldLive(read, row.clientId);
}

function readBalances(
  source: BalanceSource,
  rows: ReadonlyMap<string, ObservedRow>,
  atMs: number,
): Promise<ReadResult> {
  const clients = [...rows.values()].map(({ clientId, externalId, currency }) => ({
    id: clientId,
    externalId,
    currency,
  }));
  return source.read(clients, atMs);
}

function versionOf(row: ObservedRow | undefined, optionsTag: string): string {
  return `${row?.version ?? ''}/${optionsTag}`;
}

/** Another setting of the worker is another configuration. */
function tagOf(options: MonitorOptions): string {
  const { continueAfterEvents, continueAfterChecks, spreadShare, spreadMaxMs, publicUrl } = options;
  const numbers = [continueAfterEvents, continueAfterChecks, spreadShare, spreadMaxMs].join('-');
  return publicUrl ? `${numbers}-${fingerprint(publicUrl)}` : numbers;
}

/** `-419.780000` as `-419.78`: it stands in the history of every check. */
function trimmed(amount: string): string {
  return amount.includes('.') ? amount.replace(/0+$/, '').replace(/\.$/, '') : amount;
}
