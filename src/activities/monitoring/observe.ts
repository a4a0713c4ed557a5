import type { CheckKind, ObserveInput, ObserveResult, PublishInput, RecordCheckInput } from '../../contract/monitor.js';
import type { MonitorOptions } from '../../domain/monitoring/state.js';
import { fingerprint } from '../../domain/hash.js';
import { moneyOf } from '../../domain/money.js';
import type { BalanceSource, ReadResult } from '../../balances/source.js';
import { publishMonitor } from '../../storage/monitoring/monitor-publish.js';
import { clientsSharingName } from '../../storage/clients/external-ids.js';
import { readCountsFirst, readStoredMonitor } from '../../storage/monitoring/monitor-restore.js';
import { endMonitor, recordChecksAndObserve, type ObservedRow } from '../../storage/monitoring/monitors.js';
import { readMonitoringTerms, type MonitoringTerms } from '../../storage/monitoring/monitoring-terms.js';
import { createBatcher } from '../batch.js';
import type { ActivityDeps } from '../deps.js';
import { withFailures } from '../failures.js';
import { saveBalanceErrors, saveReadings, externalLiveBalance } from './save-readings.js';
import { monitorConfig } from './monitor-config.js';

const batchSize = 200;

type Asked = ObserveInput | RecordCheckInput;

/** The local activities of a monitor: reading its client, recording its checks, and writing its state. */
export function observeActivities(deps: ActivityDeps) {
  const optionsTag = tagOf(deps.settings.monitor);
  const batched = createBatcher<Asked, ObserveResult>({
    run: (asked) => observeBatch(deps, optionsTag, asked),
    // A caller may wait for what follows a signal; a check, or a new run that reads its configuration, can wait.
    isUrgent: (input) => !('check' in input) && input.known !== '',
    windowMs: deps.settings.batchWindowMs,
    maxSize: deps.settings.batchSize ?? batchSize,
    onBatch: (size) => deps.metrics?.observeBatchSize.observe(size),
  });
  return {
    /** Reads one client at one instant; concurrent calls share a statement. */
    observe: (input: ObserveInput): Promise<ObserveResult> => withFailures('observe', () => batched(input)),

    /** Records the times of a scheduled check and reads its client; concurrent calls share a statement. */
    recordCheckAndObserve: (input: RecordCheckInput): Promise<ObserveResult> =>
      withFailures('recordCheckAndObserve', () => batched(input)),

    /** Writes a monitor's state and the decisions that are not in the database yet. */
    publish: (input: PublishInput): Promise<void> =>
      withFailures('publish', async () => {
        await publishMonitor(deps.sql, input);
        for (const { check } of input.records) {
          if (check && check.cause !== 'scheduled') countCheck(deps, check.cause, check.available !== null);
        }
      }),
  };
}

async function observeBatch(deps: ActivityDeps, optionsTag: string, asked: readonly Asked[]): Promise<ObserveResult[]> {
  const rows = await recordChecksAndObserve(deps.sql, asked);
  const latest = Math.max(...asked.map(({ at }) => at));
  const read = deps.balances && (await readBalances(deps, deps.balances, rows, latest));
  if (read) await saveReadings(deps, rows, read, latest);
  await saveBalanceErrors(deps, rows, read, latest);
  const stale = asked.filter(
    ({ clientId, known }) => rows.has(clientId) && known !== versionOf(rows.get(clientId), optionsTag),
  );
  const terms =
    stale.length > 0
      ? await readMonitoringTerms(
          deps.sql,
          stale.map(({ clientId }) => clientId),
        )
      : new Map<string, MonitoringTerms>();
  return Promise.all(
    asked.map(async (input): Promise<ObserveResult> => {
      const row = rows.get(input.clientId);
      if (!row || row.status === 'deleted') {
        await endMonitor(deps.sql, input.clientId);
        return { refills: 0, chargedAt: 0, status: 'deleted' };
      }
      if ('check' in input) {
        countCheck(deps, 'scheduled', liveOf(row, read) !== null);
        deps.metrics?.checkLag.observe(Math.max(0, Date.now() - input.check.dueAt) / 1000);
      }
      const theirs = terms.get(input.clientId);
      const stored = input.restore ? await readStoredMonitor(deps.sql, input.clientId) : null;
      const countsFirst = (input.restore ?? false) && (await readCountsFirst(deps.sql, input.clientId));
      return {
        ...balanceOf(row, read),
        ...(theirs && { config: monitorConfig(theirs, versionOf(row, optionsTag), deps.settings.monitor) }),
        ...(stored && { stored }),
        ...(countsFirst && { countsFirst: true as const }),
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
  return externalLiveBalance(read, row.clientId);
}

/** A client that the source could not distinguish from another is unknown: either balance would be a guess. */
async function readBalances(
  { sql }: ActivityDeps,
  source: BalanceSource,
  rows: ReadonlyMap<string, ObservedRow>,
  atMs: number,
): Promise<ReadResult> {
  const shared = await clientsSharingName(sql, [...rows.keys()]);
  const clients = [...rows.values()]
    .filter(({ clientId }) => !shared.has(clientId))
    .map(({ clientId, externalId, currency }) => ({ id: clientId, externalId, currency }));
  const read = new Map(await source.read(clients, atMs));
  for (const [id, other] of shared) {
    read.set(id, {
      unknown: `client ${other} has the same name in the balance source: give one of them another external id`,
    });
  }
  return read;
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

/** `-419.780000` as `-419.78`: the history of every check holds it. */
function trimmed(amount: string): string {
  return amount.includes('.') ? amount.replace(/0+$/, '').replace(/\.$/, '') : amount;
}
