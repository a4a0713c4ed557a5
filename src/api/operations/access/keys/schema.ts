import { DomainError } from '../../../../domain/errors.js';
import { keyEnvironments, type ApiKeyRow } from '../../../../storage/access/api-keys.js';
import {
  maximumCreditLimit,
  maximumCreditLimitJson,
  maximumCreditLimitSchema,
} from '../../../access/maximum-credit-limit.js';
import { maximumIncrease, maximumIncreaseJson, maximumIncreaseSchema } from '../../../access/maximum-increase.js';
import {
  idText,
  instant,
  line,
  pathId,
  reason,
  reference,
  timeOrNull,
  timeString,
  timeText,
} from '../../../contract/schemas.js';
import { scopes } from '../../../../domain/access/scopes.js';
import { z } from '../../../contract/zod.js';

export const keyBody = z
  .strictObject({
    name: line(200).openapi({ example: 'payment system' }),
    scopes: z
      .array(z.enum(scopes))
      .min(1)
      .max(scopes.length)
      .transform((given) => [...new Set(given)])
      .openapi({ example: ['payments:write'] }),
    resellerId: reference
      .optional()
      .openapi({ description: 'The key sees this reseller and its sub-resellers; default: the caller’s' }),
    environment: z
      .enum(keyEnvironments)
      .default('live')
      .openapi({ description: 'Part of the key’s prefix, without further effect' }),
    expiresAt: instant
      .nullable()
      .default(null)
      .openapi({ type: ['string', 'null'], format: 'date-time' }),
    maximumIncrease: maximumIncrease.nullish(),
    maximumCreditLimit,
    ownerId: reference.nullish().openapi({
      type: ['string', 'null'],
      description:
        'Key owner. The key never has more rights than its owner, and is suspended while the owner is disabled. ' +
        'Default: the calling user; null: no owner, only for callers with all scopes',
    }),
    reason: reason.optional(),
  })
  .openapi('ApiKeyInput');

const keyShape = {
  id: idText,
  name: z.string(),
  prefix: z.string().openapi({ description: 'The visible part that identifies the key', example: '3f9c0a7b21de' }),
  resellerId: idText,
  resellerName: z.string(),
  scopes: z.array(z.string()),
  maximumIncrease: maximumIncreaseSchema,
  maximumCreditLimit: maximumCreditLimitSchema,
  owner: z.strictObject({ id: idText, name: z.string() }).nullable(),
  status: z.enum(['usable', 'expired', 'revoked', 'suspended']).openapi({
    description: '`suspended`: its owner is disabled',
  }),
  createdBy: z.string(),
  createdAt: timeString,
  expiresAt: timeString.nullable(),
  revokedAt: timeString.nullable(),
  lastUsedAt: timeString.nullable(),
};

export const keySchema = z.strictObject(keyShape).openapi('ApiKey');
export const newKeySchema = z
  .strictObject({
    ...keyShape,
    key: z.string().openapi({ description: 'Shown once', example: 'lw_live_3f9c0a7b21de_…' }),
  })
  .openapi('NewApiKey');

export const keyParams = z.strictObject({ id: pathId });

export function keyJson(row: ApiKeyRow, nowMs: number): z.output<typeof keySchema> {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    resellerId: row.resellerId,
    resellerName: row.resellerName,
    scopes: [...row.scopes],
    maximumIncrease: maximumIncreaseJson(row),
    maximumCreditLimit: maximumCreditLimitJson(row),
    owner: row.ownerId === null ? null : { id: row.ownerId, name: row.ownerName ?? '' },
    status: statusOf(row, nowMs),
    createdBy: row.createdBy,
    createdAt: timeText(row.createdAt),
    expiresAt: timeOrNull(row.expiresAt),
    revokedAt: timeOrNull(row.revokedAt),
    lastUsedAt: timeOrNull(row.lastUsedAt),
  };
}

function statusOf(row: ApiKeyRow, nowMs: number): z.output<typeof keySchema>['status'] {
  if (row.revokedAt) return 'revoked';
  if (row.expiresAt && row.expiresAt.getTime() <= nowMs) return 'expired';
  return row.ownerStatus === 'disabled' ? 'suspended' : 'usable';
}

/** @throws DomainError `not_found` */
export function existing(row: ApiKeyRow | null, id: string): ApiKeyRow {
  if (!row) throw new DomainError('not_found', `there is no API key ${id}`, '/path/id');
  return row;
}
