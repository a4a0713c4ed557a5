import { notificationDue } from '../../../../domain/rates/notifications/rate-notification.js';
import { rateFiles } from '../../../../domain/rates/notifications/rate-files.js';
import { exportStatusText } from '../../../../domain/rates/tables/rate-changes.js';
import {
  countAnnounced,
  announcedChanges,
  type AnnouncedRate,
} from '../../../../domain/rates/notifications/announced-rates.js';
import { requireSubscriber } from '../../../../services/rates/notifications/send-rates.js';
import { skipTexts, readRateAnnouncement } from '../../../../services/rates/notifications/rate-announcement.js';
import { readWaiting, type RateSubscriber } from '../../../../storage/rates/notifications/rate-notifications.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { idText, orNull, reference, timeOrNull, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { countsSchema, formatSchema, kindSchema, skipReasonSchema, typeSchema } from './schema.js';

const maxRates = 200;
const change = z.enum(announcedChanges);

const rateSchema = z
  .strictObject({
    code: z.string(),
    codeName: z.string().nullable(),
    timeProfile: z.string(),
    policy: z.string(),
    effectiveFrom: timeString,
    endsAt: timeString.nullable(),
    rate: z.string(),
    previousRate: z.string().nullable(),
    prevDiff: z.string().nullable(),
    prevDiffStatus: change,
    prevDiffExport: z.string().nullable(),
    prevDiffStatusExport: change.openapi({ description: '`closed`: the only change is that it ends' }),
    statusText: z.string().openapi({ description: 'As the file has it', example: 'increased (5.0000)' }),
  })
  .openapi('AnnouncedRate');

const previewSchema = z
  .strictObject({
    kind: kindSchema,
    clientId: idText,
    clientName: z.string(),
    rateTableId: idText,
    rateTableName: z.string(),
    enabled: z.boolean().openapi({ description: 'Scheduled notifications of the client are on' }),
    type: typeSchema,
    format: formatSchema,
    unique: z.boolean(),
    agreementId: idText.nullable(),
    agreementName: z.string().nullable(),
    recipient: z.string().nullable().openapi({ description: 'Rates email, else billing email' }),
    lastNotifiedAt: timeString.nullable().openapi({ description: 'null: never' }),
    referenceAt: timeString.openapi({ description: 'Rates that were effective by then are unchanged' }),
    dueAt: timeString.openapi({
      description: 'Of the scheduled notification that waits, else of one that a change of rates now would cause',
    }),
    isWaiting: z.boolean().openapi({ description: 'A scheduled notification waits' }),
    refusal: orNull(z.strictObject({ reason: skipReasonSchema, detail: z.string() })).openapi({
      description: 'Why nothing would be sent; null: it would',
    }),
    counts: countsSchema,
    files: z.array(z.strictObject({ fileName: z.string(), timeProfile: z.string(), rates: z.int() })),
    rates: z.array(rateSchema).openapi({ description: `The first ${maxRates}` }),
  })
  .openapi('RateNotificationPreview');

export const previewRateNotificationOperation = defineOperation({
  id: 'previewRateNotification',
  method: 'get',
  path: '/v1/rate-notification-preview',
  area: 'rate-tables',
  summary: 'Preview a rate notification',
  description: 'What would be sent now, and how its rates are compared. Nothing is sent or recorded.',
  scope: 'notifications:read',
  request: {
    query: z.strictObject({ rateTableId: reference, clientId: reference, kind: kindSchema.default('scheduled') }),
  },
  responses: { 200: { description: 'The preview', schema: previewSchema } },
  problems: ['not_found'],
  async handler({ query: { rateTableId, clientId, kind }, scope, requester: { now } }) {
    return scope.read(async (q) => {
      const subscriber = await requireSubscriber(q, scope.resellerId, clientId, rateTableId);
      const { rates, referenceAt, skipReason } = await readRateAnnouncement(q, subscriber, kind, now);
      const waiting = await readWaiting(q, clientId, rateTableId);
      const due = notificationDue(subscriber.agreement, now, subscriber.lastComposedAt?.getTime() ?? null);
      const type = kind === 'scheduled' ? subscriber.type : 'changed';
      return ok({
        kind,
        ...factsOf(subscriber),
        type,
        lastNotifiedAt: timeOrNull(subscriber.lastAt),
        referenceAt: timeText(referenceAt),
        dueAt: timeText(waiting ?? new Date(due)),
        isWaiting: waiting !== null,
        refusal: skipReason && { reason: skipReason, detail: skipTexts[skipReason] },
        counts: { ...countAnnounced(rates) },
        files: rateFiles(rates, { ...subscriber, type, at: now }).map(({ fileName, timeProfile, rates: own }) => ({
          fileName,
          timeProfile,
          rates: own.length,
        })),
        rates: rates.slice(0, maxRates).map(rateJson),
      });
    });
  },
});

function factsOf(row: RateSubscriber) {
  return {
    ...{ clientId: row.clientId, clientName: row.clientName, enabled: row.isEnabled },
    ...{ rateTableId: row.rateTableId, rateTableName: row.rateTableName },
    ...{ format: row.format, unique: row.unique, recipient: row.recipient },
    ...{ agreementId: row.agreement?.id ?? null, agreementName: row.agreement?.name ?? null },
  };
}

function rateJson(rate: AnnouncedRate): z.output<typeof rateSchema> {
  return {
    ...{ code: rate.code, codeName: rate.codeName, timeProfile: rate.timeProfile, policy: rate.policy },
    effectiveFrom: timeText(rate.effectiveFrom),
    endsAt: timeOrNull(rate.endsAt),
    ...{ rate: rate.rate, previousRate: rate.previousRate, prevDiff: rate.prevDiff },
    ...{ prevDiffStatus: rate.prevDiffStatus, prevDiffExport: rate.prevDiffExport },
    prevDiffStatusExport: rate.prevDiffStatusExport,
    statusText: exportStatusText(rate.prevDiffStatusExport, rate.prevDiffExport),
  };
}
