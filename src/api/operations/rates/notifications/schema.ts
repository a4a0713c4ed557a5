import {
  rateFileFormats,
  rateNotificationKinds,
  rateNotificationTypes,
  rateSkipReasons,
} from '../../../../domain/rates/notifications/rate-notification.js';
import {
  rateNotificationStates,
  type RateNotificationRow,
} from '../../../../storage/rates/notifications/rate-notification-list.js';
import { actorNameText, idText, orNull, pathId, timeOrNull, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

/** Emails that notify a client of the rates of a table (docs/rates.md#rate-notifications). */

export const rateNotificationParams = z.strictObject({ id: pathId });

export const kindSchema = z.enum(rateNotificationKinds).openapi({
  description:
    '`scheduled`: new rates, by the agreement · `forced`: at once, rates that the next scheduled one would announce too late · ' +
    '`correction`: announced rates that were changed later',
});
export const typeSchema = z.enum(rateNotificationTypes);
export const formatSchema = z.enum(rateFileFormats);
export const skipReasonSchema = z.enum(rateSkipReasons);

const count = z.int().min(0);
export const countsSchema = z
  .strictObject({ total: count, new: count, increased: count, decreased: count, unchanged: count, closed: count })
  .openapi('AnnouncedRateCounts');

const file = z
  .strictObject({
    position: count,
    fileName: z.string().openapi({ example: 'rates-changed-Operator-for-Customer_A-all-2026-03-09_09-00.xlsx' }),
    timeProfile: z.string(),
    rates: z.int(),
    bytes: z.int().nullable().openapi({ description: 'null: no longer kept' }),
    removedAt: timeString.nullable().openapi({ description: 'Since when it is no longer kept; null: it is kept' }),
  })
  .openapi('RateFile');

export const rateNotificationSchema = z
  .strictObject({
    id: idText,
    kind: kindSchema,
    state: z.enum(rateNotificationStates).openapi({
      description: '`scheduled`: waits · `skipped`: not sent, as `skipReason` says · else that of the email',
    }),
    skipReason: skipReasonSchema.nullable(),
    clientId: idText,
    clientName: z.string(),
    resellerId: idText.openapi({ description: 'Of the client' }),
    resellerName: z.string(),
    rateTableId: idText.nullable().openapi({ description: 'null: the table was deleted' }),
    rateTableName: z.string(),
    agreementId: idText.nullable().openapi({ description: 'As it was sent; null: none, or it waits' }),
    agreementName: z.string().nullable(),
    type: typeSchema.nullable().openapi({ description: 'As it was sent; null: it waits, or was skipped' }),
    format: formatSchema.nullable(),
    dueAt: timeString,
    changedAt: timeString.openapi({ description: 'Last change of the rates in it' }),
    composedAt: timeString.nullable().openapi({ description: 'When its files were made' }),
    referenceAt: timeString.nullable().openapi({
      description: 'Last notification before it: rates that were effective by then are unchanged',
    }),
    recipient: z.string().nullable(),
    counts: orNull(countsSchema),
    firstEffectiveAt: timeString
      .nullable()
      .openapi({ description: 'When the first of the changed rates takes effect' }),
    files: z.array(file).openapi({ description: 'One for each time profile' }),
    notificationId: idText.nullable(),
    deliveryId: idText.nullable().openapi({ description: 'To resend it with `resendDelivery`' }),
    acceptedAt: timeString.nullable(),
    nextAttemptAt: timeString.nullable(),
    requestedBy: z.string().nullable().openapi({ description: 'null: scheduled', example: 'user:3' }),
    requestedByName: actorNameText,
    reason: z.string().nullable(),
    createdAt: timeString,
  })
  .openapi('RateNotification');

export function rateNotificationJson({
  ownerId,
  ownerName,
  ...row
}: RateNotificationRow): z.output<typeof rateNotificationSchema> {
  return {
    ...{ id: row.id, kind: row.kind, state: row.state, skipReason: row.skipReason },
    ...{ clientId: row.clientId, clientName: row.clientName, resellerId: ownerId, resellerName: ownerName },
    ...{ rateTableId: row.rateTableId, rateTableName: row.rateTableName },
    ...{ agreementId: row.agreementId, agreementName: row.agreementName, type: row.type, format: row.format },
    dueAt: timeText(row.dueAt),
    changedAt: timeText(row.changedAt),
    composedAt: timeOrNull(row.composedAt),
    referenceAt: timeOrNull(row.referenceAt),
    recipient: row.recipient,
    counts: row.counts,
    firstEffectiveAt: timeOrNull(row.firstEffectiveAt),
    files: [...row.files],
    ...{ notificationId: row.notificationId, deliveryId: row.deliveryId },
    acceptedAt: timeOrNull(row.acceptedAt),
    nextAttemptAt: timeOrNull(row.nextAttemptAt),
    ...{ requestedBy: row.requestedBy, requestedByName: row.requestedByName, reason: row.reason },
    createdAt: timeText(row.createdAt),
  };
}
