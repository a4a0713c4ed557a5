import type { ProcessRow } from '../../../storage/system/processes.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { timeOrNull, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import type { HealthCheck } from '../../health/health-checks.js';
import { readHealth } from '../../health/health-summary.js';

const status = z.enum(['ok', 'degraded', 'down']);

const summarySchema = z
  .strictObject({
    status: status.openapi({ description: 'The worst status of the checks' }),
    checks: z
      .array(
        z.strictObject({
          name: z.enum([
            'worker',
            'temporal',
            'balance_source',
            'smtp',
            'bounces',
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
      .openapi({ description: 'Always all checks, in display order' }),
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
    at: timeString.openapi({ description: 'Time of the checks, up to 2 seconds ago' }),
    serverTime: timeString,
  })
  .openapi('HealthSummary');

export const readHealthSummaryOperation = defineOperation({
  id: 'readHealthSummary',
  method: 'get',
  path: '/v1/health/summary',
  area: 'system',
  summary: 'Get the health summary',
  description: 'What is not healthy, since when, and what to do. Refreshed every 2 seconds, for all callers together.',
  scope: 'any',
  responses: { 200: { description: 'The summary', schema: summarySchema } },
  async handler({ caller, context, now }) {
    const health = await readHealth(context);
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
