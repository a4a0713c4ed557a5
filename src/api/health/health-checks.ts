import { redactText } from '../../observability/redact.js';
import type { RecentAttempt } from '../../storage/notifications/mail-health.js';
import type { OutboxStats } from '../../storage/monitoring/outbox.js';
import type { ProcessRow } from '../../storage/system/processes.js';
import type { UnhealthyCounts } from '../../storage/monitoring/stuck-monitors.js';

/** What the parts of the system say of themselves, judged: pure, so that every case can be tested. */

type HealthStatus = 'ok' | 'degraded' | 'down';

export interface HealthCheck {
  readonly name:
    'worker' | 'temporal' | 'balance_source' | 'smtp' | 'bounces' | 'outbox' | 'monitors' | 'migrations' | 'versions';
  readonly status: HealthStatus;
  /** null: it is healthy, or unknown */
  readonly since: Date | null;
  readonly detail: string;
  /** what to do; null: nothing */
  readonly remedy: string | null;
}

const well = { status: 'ok', since: null, remedy: null } as const;

export function workerCheck(processes: readonly ProcessRow[]): HealthCheck {
  const workers = processes.filter(({ kind }) => kind === 'worker');
  const running = workers.filter(({ isRunning }) => isRunning);
  if (running.length > 0) {
    return {
      name: 'worker',
      ...well,
      detail: running.length === 1 ? '1 worker is running' : `${running.length} workers run`,
    };
  }
  return {
    name: 'worker',
    status: 'down',
    since: workers[0]?.seenAt ?? null,
    detail: 'no worker is running: checks, notifications, and credit reverts are delayed',
    remedy: 'start a worker: npm run worker',
  };
}

/** @param failingSince the first of the failures that have not ended; null: it answered */
export function temporalCheck(failingSince: Date | null): HealthCheck {
  if (failingSince === null) return { name: 'temporal', ...well, detail: 'Temporal is reachable' };
  return {
    name: 'temporal',
    status: 'down',
    since: failingSince,
    detail: 'Temporal is unavailable: payments and charges are accepted, monitors process them later',
    remedy: 'check that Temporal runs at TEMPORAL_ADDRESS: npm run doctor',
  };
}

export function balanceSourceCheck(source: 'ledger' | 'sql' | 'http', processes: readonly ProcessRow[]): HealthCheck {
  const name = 'balance_source';
  if (source === 'ledger') return { name, ...well, detail: 'balances come from the ledger' };
  const reports = processes.flatMap(({ kind, isRunning, facts }) =>
    kind === 'worker' && isRunning && facts.balanceSource ? [facts.balanceSource] : [],
  );
  const down = reports.filter(({ isUp }) => !isUp);
  const [first] = [...down].sort((a, b) => a.since.localeCompare(b.since));
  if (!first) return { name, ...well, detail: `the ${source} source responds` };
  const reason = first.reason === null ? '' : `: ${redactText(first.reason)}`;
  return {
    name,
    status: down.length === reports.length ? 'down' : 'degraded',
    since: new Date(first.since),
    detail: `the ${source} source does not respond${reason}: balances are unknown, no notifications are sent`,
    remedy: `check the BALANCE_${source.toUpperCase()}_… settings and the system they name: npm run doctor`,
  };
}

/**
 * An email that the server refuses for good is its own fault; so many in a row that it will not take are the server's.
 */
const failuresToBeDown = 3;

/**
 * @param attempts newest first
 * @param notAccepted deliveries that ended without acceptance in the last hour
 */
export function smtpCheck(attempts: readonly RecentAttempt[], notAccepted = 0): HealthCheck {
  const missed = notAccepted > 0 ? `; deliveries not accepted in the last hour: ${notAccepted}` : '';
  const untilSuccess = attempts.findIndex(({ outcome }) => outcome === 'accepted' || outcome === 'refused_for_good');
  const failures = untilSuccess < 0 ? attempts : attempts.slice(0, untilSuccess);
  const first = failures.at(-1);
  const last = failures[0];
  if (!first || !last)
    return {
      name: 'smtp',
      ...well,
      detail: `${attempts.length > 0 ? 'accepting email' : 'no email sent yet'}${missed}`,
    };
  return {
    name: 'smtp',
    status: failures.length >= failuresToBeDown ? 'down' : 'degraded',
    since: first.startedAt,
    detail: `the mail server rejects email: ${redactText(last.reply ?? (last.code === null ? 'no connection' : String(last.code)))}${missed}`,
    remedy:
      'check SMTP_URL, and that the server is running: npm run doctor. Pending deliveries are retried automatically',
  };
}

/** @param failing the open event of a mailbox that can't be read; null: there is none */
export function bouncesCheck(
  isSet: boolean,
  failing: { readonly since: Date; readonly reason: string } | null,
): HealthCheck {
  const name = 'bounces';
  if (!failing) {
    return { name, ...well, detail: isSet ? 'the mailbox for bounces is read' : 'no mailbox for bounces is set' };
  }
  return {
    name,
    status: 'degraded',
    since: failing.since,
    detail: `the mailbox for bounces can’t be read: ${redactText(failing.reason)}`,
    remedy: 'check the BOUNCE_IMAP_… settings and the server they name: npm run doctor',
  };
}

const slowSeconds = 30;
const stuckSeconds = 300;

export function outboxCheck(stats: OutboxStats, now: Date): HealthCheck {
  const { depth, oldestSeconds } = stats;
  if (oldestSeconds < slowSeconds) return { name: 'outbox', ...well, detail: `${depth} signals to monitors wait` };
  return {
    name: 'outbox',
    status: oldestSeconds < stuckSeconds ? 'degraded' : 'down',
    since: new Date(now.getTime() - oldestSeconds * 1000),
    detail: `${depth} signals to monitors wait, the oldest for ${Math.round(oldestSeconds)} s`,
    remedy: 'check that a worker is running and Temporal is reachable; pending signals are then sent automatically',
  };
}

/** Monitors that do not proceed, though each may be found and helped on its own. */
export function monitorsCheck(counts: UnhealthyCounts): HealthCheck {
  const parts = [
    { n: counts.failing, text: 'failing' },
    { n: counts.overdue, text: 'overdue' },
    { n: counts.signalUnanswered, text: 'without an evaluation after a change' },
  ].filter(({ n }) => n > 0);
  const all = parts.reduce((sum, { n }) => sum + n, 0);
  if (all === 0) return { name: 'monitors', ...well, detail: 'all monitors proceed' };
  return {
    name: 'monitors',
    status: 'degraded',
    since: counts.since,
    detail: `${all} ${all === 1 ? 'monitor does' : 'monitors do'} not proceed: ${parts.map(({ n, text }) => `${n} ${text}`).join(', ')}`,
    remedy:
      'they are signaled automatically, and runs that keep failing are replaced; list them with GET /v1/clients?state=unhealthy',
  };
}

/** @param fault what is wrong with the schema, in words; null: it is the one that this program knows */
export function migrationsCheck(fault: string | null): HealthCheck {
  if (fault === null) return { name: 'migrations', ...well, detail: 'the schema matches this version' };
  return { name: 'migrations', status: 'down', since: null, detail: fault, remedy: 'npm run migrate' };
}

export function versionsCheck(own: string, processes: readonly ProcessRow[]): HealthCheck {
  const others = new Set(processes.filter(({ isRunning }) => isRunning).map(({ version }) => version));
  others.delete(own);
  if (others.size === 0) return { name: 'versions', ...well, detail: `all processes run ${own}` };
  return {
    name: 'versions',
    status: 'degraded',
    since: null,
    detail: `this API is ${own}; others are ${[...others].sort().join(', ')}`,
    remedy: 'finish the upgrade: start all processes with the same version',
  };
}
