import { content } from '../../contract/answers.js';
import type { ApiContext } from '../../context.js';
import { definePublicOperation } from '../../contract/operation.js';
import { checkReadiness, type ReadinessCheck } from '../../health/readiness.js';
import { z } from '../../contract/zod.js';

/** Says that the process answers; asks no other process, so that an outage elsewhere does not restart it. */
export const livez = definePublicOperation({
  id: 'livez',
  method: 'get',
  path: '/livez',
  area: 'system',
  summary: 'Check that the process is alive',
  responses: { 200: { description: 'Alive', contentType: 'text/plain' } },
  handler: async () => content('text/plain; charset=utf-8', 'ok\n'),
});

const checkSchema = z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string().optional() });
const readySchema = z
  .strictObject({ ready: z.boolean(), checks: z.array(checkSchema).optional() })
  .openapi('Readiness');

/**
 * Says whether requests should be sent here. Temporal is reported and does not decide: without it reads, payments, and
 * charges still work.
 */
export const readyz = definePublicOperation({
  id: 'readyz',
  method: 'get',
  path: '/readyz',
  area: 'system',
  summary: 'Check whether the process can accept requests',
  description: 'Temporal is reported but does not affect the result: reads, payments, and charges work without it.',
  request: { query: z.strictObject({ verbose: z.string().max(5).optional() }) },
  responses: {
    200: { description: 'Ready', schema: readySchema },
    503: { description: 'Not ready', schema: readySchema },
  },
  async handler({ query, context }) {
    const checks = await checkReadiness(context);
    const ready = !context.draining() && checks.every((check) => check.ok || check.name === 'temporal');
    return {
      status: ready ? (200 as const) : (503 as const),
      body: { ready, ...(query.verbose !== undefined && { checks: withDraining(context, checks) }) },
    };
  },
});

function withDraining(context: ApiContext, checks: readonly ReadinessCheck[]): ReadinessCheck[] {
  return context.draining()
    ? [...checks, { name: 'draining', ok: false, detail: 'the service is stopping' }]
    : [...checks];
}

export const metricsText = definePublicOperation({
  id: 'metrics',
  method: 'get',
  path: '/metrics',
  area: 'system',
  summary: 'Get metrics in the Prometheus text format',
  responses: { 200: { description: 'Metrics', contentType: 'text/plain' } },
  async handler({ context }) {
    return content(context.metrics.registry.contentType, await context.metrics.text());
  },
});
