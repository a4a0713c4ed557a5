import { hourMs } from '../../domain/durations.js';
import { countUnhealthy, type UnhealthyCounts } from '../../storage/monitoring/stuck-monitors.js';
import { outboxStats } from '../../storage/monitoring/outbox.js';
import { countNotAccepted } from '../../storage/notifications/deliveries-read.js';
import { readMailboxFailure, readRecentAttempts } from '../../storage/notifications/mail-health.js';
import { requireSchema } from '../../storage/system/migrate.js';
import { readProcesses, type ProcessRow } from '../../storage/system/processes.js';
import type { ApiContext } from '../context.js';
import {
  balanceSourceCheck,
  bouncesCheck,
  migrationsCheck,
  monitorsCheck,
  outboxCheck,
  smtpCheck,
  temporalCheck,
  versionsCheck,
  workerCheck,
  type HealthCheck,
} from './health-checks.js';

/**
 * The health of the whole installation, the same for every caller: read on the service's own connections, at most once
 * in two seconds. What a caller may see of it is decided by the operation.
 */

/** Changes whenever a part becomes worse or better. */
export async function healthState(context: ApiContext): Promise<string> {
  const { checks } = await readHealth(context);
  return checks.map(({ name, status: word }) => `${name} ${word}`).join(',');
}

interface Health {
  readonly checks: readonly HealthCheck[];
  readonly processes: readonly ProcessRow[];
  readonly at: Date;
}

interface Kept {
  atMs: number;
  isPending: boolean;
  health: Promise<Health>;
  temporalFailingSince: Date | null;
}

const freshMs = 2000;
const kept = new WeakMap<ApiContext, Kept>();

export function readHealth(context: ApiContext): Promise<Health> {
  const now = context.clock();
  const last = kept.get(context);
  // A database that does not respond is not asked again and again.
  if (last && (last.isPending || Math.abs(now - last.atMs) < freshMs)) return last.health;
  const next: Kept = {
    atMs: now,
    isPending: true,
    health: summarizeHealth(context, new Date(now), last?.temporalFailingSince ?? null).then(
      ({ health, failingSince }) => {
        next.temporalFailingSince = failingSince;
        next.isPending = false;
        return health;
      },
    ),
    temporalFailingSince: last?.temporalFailingSince ?? null,
  };
  // A look that failed, for the database is away, is not kept.
  next.health.catch(() => kept.get(context) === next && kept.delete(context));
  kept.set(context, next);
  return next.health;
}

const lookedAtAttempts = 10;
const notAcceptedForMs = hourMs;

async function summarizeHealth(
  context: ApiContext,
  now: Date,
  failingSince: Date | null,
): Promise<{ readonly health: Health; readonly failingSince: Date | null }> {
  const { sql, config, version } = context;
  const [processes, attempts, notAccepted, outbox, mailbox, unhealthy, schemaError, isTemporalUp] = await Promise.all([
    readProcesses(sql),
    readRecentAttempts(sql, lookedAtAttempts),
    countNotAccepted(sql, new Date(now.getTime() - notAcceptedForMs)),
    outboxStats(sql),
    readMailboxFailure(sql),
    unhealthyCounts(context, now),
    errorOfSchema(context),
    context.temporal.ping().then(
      () => true,
      () => false,
    ),
  ]);
  const temporalSince = isTemporalUp ? null : (failingSince ?? now);
  const checks = [
    workerCheck(processes),
    temporalCheck(temporalSince),
    balanceSourceCheck(config.BALANCE_SOURCE, processes),
    smtpCheck(attempts, notAccepted),
    bouncesCheck(config.BOUNCE_IMAP_URL !== undefined, mailbox),
    outboxCheck(outbox, now),
    monitorsCheck(unhealthy),
    migrationsCheck(schemaError),
    versionsCheck(version, processes),
  ];
  return { health: { checks, processes, at: now }, failingSince: temporalSince };
}

/** The count reads every monitor, so that each API process makes it every 10 seconds at most. */
const countFreshMs = 10_000;
const counted = new WeakMap<ApiContext, { readonly atMs: number; readonly counts: Promise<UnhealthyCounts> }>();

function unhealthyCounts(context: ApiContext, now: Date): Promise<UnhealthyCounts> {
  const last = counted.get(context);
  if (last && Math.abs(now.getTime() - last.atMs) < countFreshMs) return last.counts;
  const next = { atMs: now.getTime(), counts: countUnhealthy(context.sql, now) };
  next.counts.catch(() => counted.get(context) === next && counted.delete(context));
  counted.set(context, next);
  return next.counts;
}

async function errorOfSchema({ sql }: ApiContext): Promise<string | null> {
  try {
    await requireSchema(sql);
    return null;
  } catch (error) {
    if (error instanceof Error && error.name === 'SchemaError') return error.message;
    throw error;
  }
}
