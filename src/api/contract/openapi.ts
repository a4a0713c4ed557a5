import { faultCodes } from '../../mail/guard/faults.js';
import { OpenApiGeneratorV31, OpenAPIRegistry, type ResponseConfig } from '@asteasolutions/zod-to-openapi';
import { notificationImpactSchema } from './confirm-notifications.js';
import { supportsIdempotencyKey } from '../http/idempotency.js';
import type { Operation } from './operation.js';
import { problemCodes, problemSpecs, type ProblemCode } from '../http/problem-codes.js';
import { z } from './zod.js';

/** What every refusal looks like (RFC 9457). */
const problemSchema = z
  .object({
    type: z.string().openapi({ example: '/docs/errors#invalid' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().openapi({ example: 'urn:request:6f9c1e0a-8f0e-4f43-9d4b-0e3f3a0c9a10' }),
    code: z.enum(problemCodes),
    requestId: z.string(),
    errors: z.array(
      z.object({
        pointer: z.string().openapi({ example: '#/userRule/threshold' }),
        code: z.string(),
        detail: z.string(),
        fault: z
          .object({
            part: z.enum(['subject', 'html', 'text']),
            line: z.int(),
            column: z.int(),
            code: z.enum(faultCodes),
            parameters: z.record(z.string(), z.string()),
          })
          .optional()
          .openapi({ description: 'with `template_fault`: the same, as the preview of a template says it' }),
      }),
    ),
    retryAfterSeconds: z.int().optional(),
    current: z.unknown().optional().openapi({ description: 'with 412: the resource as it is now' }),
    preview: notificationImpactSchema.optional(),
  })
  .openapi('Problem');

const description = `Monitors the balances of clients, notifies when they are low, and grants temporary credit.

- **Authentication**: \`Authorization: Bearer lw_…\`, or the cookie of a user's session. Every change with a cookie also needs its
  CSRF token as \`X-CSRF-Token\`. Operations below \`/v1/panel\` take only the cookie of the client panel.
- **Visibility**: a key or a user sees only its reseller and its sub-resellers.
- **Values**: amounts are decimal strings, never numbers. Times are RFC 3339 in UTC. Unknown fields and parameters are rejected.
- **Repeats**: every POST may carry an \`Idempotency-Key\`. Its response is kept for 24 hours.
- **Versions**: versioned resources have an \`ETag\`. A change needs it as \`If-Match\`.
- **Refusals**: \`application/problem+json\` with pointers to the wrong fields and the \`requestId\`. All codes:
  [/docs/errors](/docs/errors).`;

interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly [part: string]: unknown;
}

/** Writes the OpenAPI 3.1 document from the same schemas that check requests. */
export function openApiDocument(
  operations: readonly Operation[],
  about: { readonly version: string; readonly url: string | null },
): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  registry.register('Problem', problemSchema);
  registry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'API key: `lw_live_<prefix>_<secret>`',
  });
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'lowwater_session',
    description: 'Session of a user, started with POST /v1/session',
  });
  registry.registerComponent('securitySchemes', 'panelSession', {
    type: 'apiKey',
    in: 'cookie',
    name: 'lowwater_panel_session',
    description: 'Session of a user of the client panel, started with POST /v1/panel/session',
  });
  for (const operation of operations) register(registry, operation);
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'Lowwater', version: about.version, description },
    servers: [{ url: about.url ?? '/' }],
    tags: [...new Set(operations.map(({ area }) => area))].map((name) => ({ name })),
  });
  return { ...document, openapi: '3.1.0' };
}

function register(registry: OpenAPIRegistry, operation: Operation): void {
  const { params, query, body } = operation.request;
  registry.registerPath({
    method: operation.method,
    path: operation.path,
    operationId: operation.id,
    tags: [operation.area],
    summary: operation.summary,
    description: [operation.description, scopeText(operation)].filter(Boolean).join('\n\n'),
    security: securityOf(operation),
    request: {
      ...(params && { params }),
      ...(query && { query }),
      ...headersOf(operation),
      ...(operation.upload && { body: { required: true, content: fileContent(operation.upload.types) } }),
      ...(body && {
        body: {
          required: true,
          content: {
            'application/json': {
              schema: body,
              ...(operation.example !== undefined && { example: operation.example }),
            },
          },
        },
      }),
    },
    responses: { ...refusals(operation), ...successes(operation) },
  });
}

function fileContent(types: readonly string[]): Record<string, { schema: { type: 'string'; format: string } }> {
  return Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]));
}

function securityOf(operation: Operation): Record<string, string[]>[] {
  if (operation.isPanel) return [{ panelSession: [] }];
  if (!operation.scope) return [];
  return [...(operation.sessionOnly ? [] : [{ apiKey: [] }]), { session: [] }];
}

function scopeText(operation: Operation): string {
  if (operation.isPanel) return 'A user of the client panel; sees only the own client.';
  if (!operation.scope) return '';
  if (operation.sessionOnly) return 'Any user who is logged in; no API key.';
  if (operation.scope === 'any') return 'Any caller.';
  return `Scope: \`${operation.scope}\`${operation.operatorOnly ? ', and a key or a user of the operator' : ''}.`;
}

function headersOf(operation: Operation): { headers?: z.ZodObject } {
  const shape: Record<string, z.ZodType> = { ...operation.request.headers?.shape };
  if (operation.needsIfMatch) {
    shape['If-Match'] = z.string().openapi({ description: 'ETag of the version that you read', example: '"3"' });
  }
  if (supportsIdempotencyKey(operation)) {
    shape['Idempotency-Key'] = z.string().max(200).optional().openapi({
      description: 'A repeated request within 24 hours gets the first response again',
    });
  }
  return Object.keys(shape).length > 0 ? { headers: z.object(shape) } : {};
}

function successes(operation: Operation): Record<string, ResponseConfig> {
  return Object.fromEntries(
    Object.entries(operation.responses).map(([status, response]): [string, ResponseConfig] => {
      const example = response.example !== undefined && { example: response.example };
      const type = response.contentType ?? (response.schema ? 'application/json' : null);
      const body = { ...(response.schema && { schema: response.schema }), ...example };
      return [status, { description: response.description, ...(type && { content: { [type]: body } }) }];
    }),
  );
}

const keyCodes = ['key_missing', 'key_invalid', 'key_revoked', 'key_expired', 'key_suspended'] as const;

/** What the HTTP server refuses before it knows which operation is meant. */
const refusedByServer = ['malformed_request', 'request_timeout', 'headers_too_large'] as const;

/** Codes that an operation may answer because of what it is. */
function codesOf(operation: Operation): ProblemCode[] {
  const { request, scope } = operation;
  return [
    ...operation.problems,
    ...refusedByServer,
    ...(request.query || request.body || supportsIdempotencyKey(operation) ? (['invalid'] as const) : []),
    ...(request.body ? (['malformed_json', 'body_too_large', 'unsupported_media_type'] as const) : []),
    ...(operation.upload ? (['body_too_large', 'unsupported_media_type'] as const) : []),
    ...(request.params ? (['not_found'] as const) : []),
    ...(scope || operation.area !== 'system' ? (['rate_limited', 'database_unavailable', 'internal'] as const) : []),
    ...(scope ? (['session_missing', 'scope_missing'] as const) : []),
    ...(operation.isPanel ? (['session_missing'] as const) : []),
    ...(operation.method !== 'get' ? (['outcome_pending'] as const) : []),
    ...(scope && !operation.sessionOnly ? keyCodes : []),
    ...((scope || operation.isPanel) && operation.method !== 'get' ? (['csrf_invalid'] as const) : []),
    ...(operation.operatorOnly ? (['operator_only'] as const) : []),
    ...(operation.needsIfMatch ? (['precondition_required', 'version_stale'] as const) : []),
    ...(supportsIdempotencyKey(operation) ? (['idempotency_mismatch', 'idempotency_in_flight'] as const) : []),
    ...(operation.secretAnswer ? (['idempotency_spent'] as const) : []),
  ];
}

function refusals(operation: Operation): Record<string, ResponseConfig> {
  const byStatus = new Map<number, Set<ProblemCode>>();
  for (const code of codesOf(operation)) {
    const codes = byStatus.get(problemSpecs[code].status) ?? new Set();
    byStatus.set(problemSpecs[code].status, codes.add(code));
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]): [string, ResponseConfig] => [
      String(status),
      {
        description: [...codes].map((code) => `\`${code}\`: ${problemSpecs[code].title}`).join('; '),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}
