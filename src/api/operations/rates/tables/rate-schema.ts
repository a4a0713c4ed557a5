import { rateChanges } from '../../../../domain/rates/tables/rate-changes.js';
import {
  codePattern,
  knownTimeProfile,
  plainRate,
  rateLimits,
  ratePolicies,
  rateStatuses,
} from '../../../../domain/rates/tables/table-rate.js';
import type { TableRateRow } from '../../../../storage/rates/tables/table-rates.js';
import { patchShape } from '../../../contract/patch-shape.js';
import {
  idText,
  instant,
  line,
  lines,
  pathId,
  reason,
  tag,
  timeOrNull,
  timeString,
  timeText,
} from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

/** Rows of rate tables (docs/rates.md#columns). */

const amountFault = 'must be a decimal string with up to 9 digits and 6 decimals, such as "0.0125"';

function amount(isAllowed: (text: string) => boolean, fault: string): z.ZodType<string, string> {
  return z
    .string({ error: amountFault })
    .transform((text, ctx) => {
      const plain = plainRate(text);
      if (plain !== null && isAllowed(plain)) return plain;
      ctx.addIssue({ code: 'custom', message: plain === null ? amountFault : fault, input: text });
      return z.NEVER;
    })
    .openapi({ type: 'string', example: '0.0125' });
}

const { volume } = rateLimits;
const policy = z.enum(ratePolicies).openapi({
  description: '`regular`: the price · `additive`: on top of it',
});
const status = z.enum(rateStatuses).openapi({
  description: '`stashed`: kept, and neither compared with other rates nor used',
});

/** Of a new rate; those with a default may be left out. */
const rateShape = {
  code: z
    .string()
    .regex(codePattern, 'must be 1 to 32 digits, letters, *, #, or +')
    .openapi({ example: '38044', description: 'Prefix of the numbers' }),
  codeName: line(rateLimits.codeName)
    .nullable()
    .openapi({ type: ['string', 'null'], example: 'Ukraine, Kyiv' })
    .default(null),
  effectiveFrom: instant.openapi({ description: 'Cut to the second. A later rate of the series ends it' }),
  endsAt: instant
    .nullable()
    .openapi({ type: ['string', 'null'], description: 'Closes the series; null: it is open' })
    .default(null),
  rate: amount(() => true, '').openapi({ description: 'Price, up to 9 digits and 6 decimals; may be negative' }),
  minVolume: z.int().min(1).max(volume).openapi({ description: 'Chargeable volume, at least' }).default(1),
  interval: z.int().min(1).max(volume).openapi({ description: 'Chargeable interval' }).default(1),
  graceVolume: z.int().min(0).max(volume).openapi({ description: 'Free of charge' }).default(0),
  setupFee: amount((text) => !text.startsWith('-'), 'must not be negative').default('0'),
  timeProfile: line(rateLimits.timeProfile)
    .transform(knownTimeProfile)
    .openapi({ example: 'all', description: '`all`, `business`, `non_business`, `weekends`, or a name of your switch' })
    .default('all'),
  policy: policy.default('regular'),
  status: status.default('active'),
  tags: z.array(tag(50)).max(rateLimits.tags).default([]),
  notes: lines(rateLimits.notes)
    .nullable()
    .openapi({ type: ['string', 'null'] })
    .default(null),
};

const confirmNotified = z.boolean().openapi({
  description: 'Change the rate although clients were notified of it. Send a correction afterwards',
});

export const tableRateBody = z.strictObject({ ...rateShape, reason: reason.optional() }).openapi('TableRateInput');
export const tableRatePatch = z
  .strictObject({ ...patchShape(rateShape), confirmNotified: confirmNotified.optional(), reason: reason.optional() })
  .openapi('TableRatePatch');

const change = z.enum(rateChanges);
const decimal = z.string().openapi({ example: '0.0125' });

export const tableRateSchema = z
  .strictObject({
    id: idText,
    rateTableId: idText,
    code: z.string(),
    codeName: z.string().nullable(),
    effectiveFrom: timeString,
    endsAt: timeString.nullable(),
    rate: decimal,
    minVolume: z.int(),
    interval: z.int(),
    graceVolume: z.int(),
    setupFee: decimal,
    timeProfile: z.string(),
    policy,
    status,
    tags: z.array(z.string()),
    notes: z.string().nullable(),
    previousRate: decimal.nullable().openapi({
      description:
        'Of the same code, time profile, and policy, effective before this one; null: none, or it was closed',
    }),
    prevDiff: decimal.nullable().openapi({ description: '`rate` minus `previousRate`' }),
    prevDiffStatus: change,
    prevDiffExport: decimal.nullable().openapi({ description: '0 for a rate that is unchanged since the last export' }),
    prevDiffStatusExport: change.openapi({
      description: '`unchanged` for a rate that was effective when the table was last exported',
    }),
    alreadyExported: z.boolean().openapi({
      description: 'Was effective when the table was last exported: exports of changed rates do not show an edit of it',
    }),
    version: z.int(),
    createdAt: timeString,
    updatedAt: timeString,
  })
  .openapi('TableRate');

export const tableRateParams = z.strictObject({ id: pathId });

export const tableRateExample = {
  code: '38044',
  codeName: 'Ukraine, Kyiv',
  effectiveFrom: '2026-03-01T00:00:00Z',
  rate: '0.0125',
};

export function tableRateJson(row: TableRateRow): z.output<typeof tableRateSchema> {
  return {
    id: row.id,
    rateTableId: row.rateTableId,
    code: row.code,
    codeName: row.codeName,
    effectiveFrom: timeText(row.effectiveFrom),
    endsAt: timeOrNull(row.endsAt),
    rate: row.rate,
    minVolume: row.minVolume,
    interval: row.interval,
    graceVolume: row.graceVolume,
    setupFee: row.setupFee,
    timeProfile: row.timeProfile,
    policy: row.policy,
    status: row.status,
    tags: [...row.tags],
    notes: row.notes,
    previousRate: row.previousRate,
    prevDiff: row.prevDiff,
    prevDiffStatus: row.prevDiffStatus,
    prevDiffExport: row.prevDiffExport,
    prevDiffStatusExport: row.prevDiffStatusExport,
    alreadyExported: row.alreadyExported,
    version: row.version,
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
  };
}
