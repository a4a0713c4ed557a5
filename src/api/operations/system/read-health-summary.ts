import { hourMs } from '../../../domain/durations.js';
import { countNotAccepted } from '../../../storage/notifications/deliveries-read.js';
import { readRecentAttempts } from '../../../storage/notifications/mail-health.js';
import { requireSchema } from '../../../storage/system/migrate.js';
import { outboxStats } from '../../../storage/monitoring/outbox.js';
import { readProcesses, type ProcessRow } from '../../../storage/system/processes.js';
import { countUnhealthy, type UnhealthyCounts } from '../../../storage/monitoring/stuck-monitors.js';
import { ok } from '../../contract/answers.js';
import type { ApiContext } from '../../context.js';
import { defineOperation } from '../../contract/operation.js';
import { timeOrNull, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import {
  balanceSourceCheck,
  migrationsCheck,
  monitorsCheck,
  outboxCheck,
  smtpCheck,
  temporalCheck,
  versionsCheck,
  workerCheck,
  type HealthCheck,
} from './health-checks.js';

const status = z.enum(['ok', 'degraded', 'down']);

const summarySchema = z
  .strictObject({
    status: status.openapi({ description: 'The worst of the checks' }),
    checks: z
      .array(
        z.strictObject({
          name: z.enum([
            'worker',
            'temporal',
            'balance_source',
            'smtp',
            'outbox',
            'monitors',
            'migrations',
            'versions',
          ]),
          status,
          since: timeString.nullable(),
          detail: z.string(),
          remedy: z.string().nullable(),
        }),
      )
      .openapi({ description: 'Always all of them, in the order in which they are to be shown' }),
    processes: z.array(
      z.strictObject({
        kind: z.enum(['api', 'worker']),
        version: z.string(),
        host: z.string(),
        startedAt: timeString,
        seenAt: timeString,
        running: z.boolean(),
      }),
    ),
    at: timeString.openapi({ description: 'When it was looked at: at most two seconds ago' }),
    serverTime: timeString,
  })
  .openapi('HealthSummary');

export const readHealthSummaryOperation = defineOperation({
  id: 'readHealthSummary',
  method: 'get',
  path: '/v1/health/summary',
  area: 'system',
  summary: 'Tell what is not well, since when, and what to do',
  description: 'For the banners of a page. Looked at anew every two seconds at most, whoever asks.',
  scope: 'any',
  responses: { 200: { description: 'The summary', schema: summarySchema } },
  async handler({ caller, context, now }) {
    const health = await summaryOf(context);
    return ok({
      status: worst(health.checks),
      checks: health.checks.map((check) => ({ ...check, since: timeOrNull(check.since) })),
      // Which machines there are is the operator's business.
      processes: caller.isOperator ? health.processes.map(processJson) : [],
      at: timeText(health.at),
      serverTime: timeText(new Date(now)),
    });
  },
});

/** Changes whenever a part becomes worse or better. */
export async function healthWord(context: ApiContext): Promise<string> {
  const { checks } = await summaryOf(context);
  return checks.map(({ name, status: word }) => `${name} ${word}`).join(',');
}

interface Health {
  readonly checks: readonly HealthCheck[];
  readonly processes: readonly ProcessRow[];
  readonly at: Date;
}

interface Kept {
  atMs: number;
  health: Promise<Health>;
  temporalFailingSince: Date | null;
}

const freshMs = 2000;
const kept = new WeakMap<ApiContext, Kept>();

function summaryOf(context: ApiContext): Promise<Health> {
  const now = context.clock();
  const last = kept.get(context);
  if (last && Math.abs(now - last.atMs) < freshMs) return last.health;
  const next: Kept = {
    atMs: now,
    health: look(context, new Date(now), last?.temporalFailingSince ?? null).then(({ health, failingSince }) => {
      next.temporalFailingSince = failingSince;
      return health;
    }),
    temporalFailingSince: last?.temporalFailingSince ?? null,
  };
  // A look that failed, for the database is away, is not kept.
  next.health.catch(() => kept.get(context) === next && kept.delete(context));
  kept.set(context, next);
  return next.health;
}

const lookedAtAttempts = 10;
const notAcceptedForMs = hourMs;

async function look(
  context: ApiContext,
  now: Date,
  failingSince: Date | null,
): Promise<{ readonly health: Health; readonly failingSince: Date | null }> {
  const { sql, config, version } = context;
  const [processes, attempts, notAccepted, outbox, unhealthy, schemaFault, isTemporalUp] = await Promise.all([
    readProcesses(sql),
    readRecentAttempts(sql, lookedAtAttempts),
    countNotAccepted(sql, new Date(now.getTime() - notAcceptedForMs)),
    outboxStats(sql),
    unhealthyCounts(context, now),
    faultOfSchema(context),
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
    outboxCheck(outbox, now),
    monitorsCheck(unhealthy),
    migrationsCheck(schemaFault),
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

async function faultOfSchema({ sql }: ApiContext): Promise<string | null> {
  try {
    await requireSchema(sql);
    return null;
  } catch (error) {
    if (error instanceof Error && error.name === 'SchemaError') return error.message;
    throw error;
  }
}

function worst(checks: readonly HealthCheck[]): z.output<typeof status> {
  const words = checks.map(({ status: word }) => word);
  if (words.includes('down')) return 'down';
  return words.includes('degraded') ? 'degraded' : 'ok';
}

function processJson(row: ProcessRow): z.input<typeof summarySchema>['processes'][number] {
  return {
    kind: row.kind,
    version: row.version,
    host: row.host,
    startedAt: timeText(row.startedAt),
    seenAt: timeText(row.seenAt),
    running: row.isRunning,
  };
}
