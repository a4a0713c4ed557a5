import { redactConfig } from '../../../config.js';
import { hasDemoClients } from '../../../storage/clients/clients.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { idText, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

const metaSchema = z
  .strictObject({
    name: z.literal('Lowwater'),
    version: z.string(),
    serverTime: timeString,
    demo: z
      .boolean()
      .openapi({ description: 'Whether clients with the tag `demo` exist, as the first start creates them' }),
    features: z.strictObject({
      balanceSource: z.enum(['ledger', 'sql', 'http']),
      webhooksIn: z.boolean(),
      staffEmails: z.boolean(),
      requestLog: z.boolean(),
    }),
    limits: z.strictObject({
      bodyBytes: z.int(),
      pageRows: z.int(),
      batchItems: z.int(),
      requestsPerMinute: z.int().nullable(),
      idempotencyHours: z.int(),
    }),
    temporalUi: z.string().nullable(),
    settings: z.record(z.string(), z.unknown()).nullable().openapi({
      description: 'Settings of this process, without secrets; null: the caller does not belong to the operator',
    }),
    caller: z.strictObject({
      id: z.string().openapi({ example: 'key:7' }),
      kind: z.enum(['key', 'user']),
      name: z.string(),
      keyId: idText.nullable(),
      keyName: z.string().nullable(),
      resellerId: idText,
      scopes: z.array(z.string()),
    }),
  })
  .openapi('Meta');

export const readMetaOperation = defineOperation({
  id: 'readMeta',
  method: 'get',
  path: '/v1/meta',
  area: 'system',
  summary: 'Get information about this installation',
  scope: 'any',
  responses: { 200: { description: 'Version, limits, and settings', schema: metaSchema } },
  async handler({ context, caller, now, scope }) {
    const { config } = context;
    return ok({
      name: 'Lowwater',
      version: context.version,
      serverTime: timeText(new Date(now)),
      demo: await scope.read((q) => hasDemoClients(q)),
      features: {
        balanceSource: config.BALANCE_SOURCE,
        webhooksIn: config.SECRET_KEY !== undefined,
        staffEmails: config.STAFF_EMAIL !== undefined,
        requestLog: config.REQUEST_LOG_DAYS > 0,
      },
      limits: {
        bodyBytes: 1_048_576,
        pageRows: 200,
        batchItems: 1000,
        requestsPerMinute: config.RATE_LIMIT_PER_MINUTE || null,
        idempotencyHours: 24,
      },
      temporalUi: config.TEMPORAL_UI_URL ?? null,
      settings: caller.isOperator ? redactConfig(config) : null,
      caller: {
        id: caller.id,
        kind: caller.kind,
        name: caller.name,
        keyId: caller.kind === 'key' ? caller.keyId : null,
        keyName: caller.kind === 'key' ? caller.name : null,
        resellerId: caller.resellerId,
        scopes: [...caller.scopes],
      },
    });
  },
});
