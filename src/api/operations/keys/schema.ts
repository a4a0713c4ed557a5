import { formatMoney, moneyOf, parsePercent } from '../../../domain/money.js';
import { DomainError } from '../../../domain/errors.js';
import { keyEnvironments, type ApiKeyRow } from '../../../storage/api-keys.js';
import {
  currency,
  currencyText,
  idText,
  instant,
  line,
  money,
  moneyText,
  pathId,
  reason,
  reference,
  timeOrNull,
  timeString,
  timeText,
} from '../../schemas.js';
import { scopes } from '../../scopes.js';
import { z } from '../../zod.js';

const percent = z
  .string({ error: 'write the share in percent as a decimal string, such as "25"' })
  .superRefine((text, ctx) => {
    try {
      parsePercent(text);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      ctx.addIssue({ code: 'custom', message: error.message, input: text });
    }
  })
  .openapi({ description: 'Of a client’s permanent credit limit', example: '25' });

/** Manual 1: "cannot be higher than the values provided in the Maximum possible increase prompt". */
const maximumIncrease = z
  .strictObject({
    amount: z.strictObject({ amount: money({ least: 'more_than_zero' }), currency }).optional(),
    percent: percent.optional(),
    days: z.int().min(1).max(36_600).optional(),
  })
  .openapi({ description: 'Bounds of a temporary credit granted with this key; what is absent has no bound' });

export const keyBody = z
  .strictObject({
    name: line(200).openapi({ example: 'payment system' }),
    scopes: z
      .array(z.enum(scopes))
      .min(1)
      .max(scopes.length)
      .transform((given) => [...new Set(given)])
      .openapi({ example: ['payments:write'] }),
    resellerId: reference.optional().openapi({ description: 'Whose subtree the key sees; default: the caller’s' }),
    environment: z.enum(keyEnvironments).default('live').openapi({ description: 'Only a mark within the key' }),
    expiresAt: instant
      .nullable()
      .default(null)
      .openapi({ type: ['string', 'null'], format: 'date-time' }),
    maximumIncrease: maximumIncrease.optional(),
    reason: reason.optional(),
  })
  .openapi('ApiKeyInput');

export type KeyBody = z.output<typeof keyBody>;

const keyShape = {
  id: idText,
  name: z.string(),
  prefix: z.string().openapi({ description: 'The part of the key that tells it from others', example: '3f9c0a7b21de' }),
  resellerId: idText,
  resellerName: z.string(),
  scopes: z.array(z.string()),
  maximumIncrease: z.strictObject({
    amount: z.strictObject({ amount: moneyText, currency: currencyText }).nullable(),
    percent: z.string().nullable(),
    days: z.int().nullable(),
  }),
  status: z.enum(['usable', 'expired', 'revoked']),
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
  const amount =
    row.maxAmount === null || row.currency === null
      ? null
      : { amount: formatMoney(moneyOf(row.maxAmount)), currency: row.currency };
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    resellerId: row.resellerId,
    resellerName: row.resellerName,
    scopes: [...row.scopes],
    maximumIncrease: {
      amount,
      // `25.0000` as the database writes it
      percent: row.maxPercent === null ? null : row.maxPercent.replace(/\.?0+$/, ''),
      days: row.maxDays,
    },
    status: row.revokedAt ? 'revoked' : row.expiresAt && row.expiresAt.getTime() <= nowMs ? 'expired' : 'usable',
    createdBy: row.createdBy,
    createdAt: timeText(row.createdAt),
    expiresAt: timeOrNull(row.expiresAt),
    revokedAt: timeOrNull(row.revokedAt),
    lastUsedAt: timeOrNull(row.lastUsedAt),
  };
}

/** @throws DomainError `not_found` */
export function existing<T>(row: T | null, id: string): T {
  if (row === null) throw new DomainError('not_found', `there is no API key ${id}`, '/path/id');
  return row;
}
