import { monitorWorkflowId } from '../../../contract/ids.js';
import { DomainError } from '../../../domain/errors.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import { listedNotificationKinds } from '../../../domain/notifications/mail-kinds.js';
import { findDelivery, type DeliveryDetail } from '../../../storage/notifications/deliveries-read.js';
import {
  findNotificationDetail,
  type NotificationDetail,
  type NotificationItem,
} from '../../../storage/notifications/notifications-read.js';
import type { Scope } from '../../../storage/system/scope.js';
import { currencyText, idText, moneyText, pathId, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import {
  shownStatuses,
  shownStatus,
  subjectFields,
  deliverySchema,
  deliveryJson,
  recipientOf,
} from './delivery-json.js';

export const notificationSchema = z
  .strictObject({
    id: idText,
    ...subjectFields,
    kind: z.enum(listedNotificationKinds),
    rule: z.string().openapi({ description: 'About a company: the side', example: 'client' }),
    to: z.array(z.string()).openapi({ description: 'Recipients, one delivery each' }),
    available: z.string().nullable().openapi({
      description: 'Available balance at the decision, in the client’s currency; of a company the balance of the side',
      example: '45.00',
    }),
    currency: currencyText.nullable(),
    availableConverted: moneyText.nullable().openapi({
      description: 'Available balance at the decision in `thresholdCurrency`, where that is another currency',
    }),
    threshold: z
      .string()
      .nullable()
      .openapi({ description: 'Of the rule, at the decision; null: not about a threshold', example: '50.00' }),
    thresholdCurrency: currencyText.nullable(),
    profileName: z.string().nullable().openapi({ description: 'Profile of the client at the decision' }),
    number: z.int().openapi({ description: 'Number within the counter' }),
    max: z.int().nullable().openapi({ description: 'null: unlimited' }),
    episode: z.int(),
    status: z.enum(shownStatuses).openapi({
      description:
        'Combined status of its deliveries: `sending` or `retrying` while one is in progress, then `accepted` if ' +
        'one server accepted, else `uncertain`, else `failed`',
    }),
    at: timeString.openapi({ description: 'When it was decided' }),
    acceptedAt: timeString.nullable().openapi({ description: 'When the first mail server accepted it' }),
    acceptedFor: z.array(z.string()).openapi({ description: 'Recipients of `to` whose message was accepted' }),
    nextAttemptAt: timeString.nullable(),
    subject: z.string().nullable().openapi({ description: 'Of the first delivery' }),
    deliveries: z.array(deliverySchema).openapi({ description: 'One per recipient, in the order of `to`' }),
  })
  .openapi('Notification');

export const notificationDetailSchema = z
  .strictObject({
    ...notificationSchema.shape,
    values: z
      .strictObject({
        available: moneyText.nullable(),
        availableConverted: moneyText.nullable(),
        threshold: z.string().nullable(),
        thresholdCurrency: z.string().nullable(),
        number: z.int(),
        max: z.int().nullable(),
      })
      .openapi({ description: 'Values at the time of the decision' }),
    workflowId: z.string().nullable().openapi({ description: 'null: about a company', example: 'monitor/7' }),
    temporalUrl: z.string().nullable(),
    variables: z.record(z.string(), z.unknown()).openapi({ description: 'Template variables' }),
  })
  .openapi('NotificationDetail');

export function notificationJson(row: NotificationItem): z.input<typeof notificationSchema> {
  const accepted = row.deliveries.filter(({ acceptedAt }) => acceptedAt !== null);
  return {
    id: row.id,
    clientId: row.clientId,
    clientName: row.clientName,
    companyId: row.companyId,
    companyName: row.companyName,
    kind: row.kind,
    rule: row.rule,
    to: row.deliveries.map(recipientOf),
    available: row.available === null ? null : formatMoney(moneyOf(row.available)),
    currency: row.currency,
    availableConverted: row.availableConverted,
    threshold: row.threshold,
    thresholdCurrency: row.thresholdCurrency,
    profileName: row.profileName,
    number: row.number,
    max: row.max,
    episode: row.episode,
    status: shownStatus(row.status),
    at: timeText(row.decidedAt),
    acceptedAt: earliest(row.deliveries.map(({ acceptedAt }) => acceptedAt)),
    acceptedFor: accepted.map(recipientOf),
    nextAttemptAt: earliest(row.deliveries.map(({ nextAttemptAt }) => nextAttemptAt)),
    subject: row.deliveries[0]?.subject ?? null,
    deliveries: row.deliveries.map(deliveryJson),
  };
}

export function notificationDetailJson(
  row: NotificationDetail,
  temporalUrl: string | null,
): z.input<typeof notificationDetailSchema> {
  return {
    ...notificationJson(row),
    values: valuesOf(row),
    workflowId: row.clientId === null ? null : monitorWorkflowId(row.clientId),
    temporalUrl,
    variables: { ...row.variables },
  };
}

function earliest(instants: readonly (string | null)[]): string | null {
  const known = instants.filter((instant) => instant !== null).map((instant) => Date.parse(instant));
  return known.length === 0 ? null : timeText(new Date(Math.min(...known)));
}

function valuesOf(row: NotificationDetail): z.input<typeof notificationDetailSchema>['values'] {
  return {
    available: row.available === null ? null : formatMoney(moneyOf(row.available)),
    availableConverted: row.availableConverted,
    threshold: row.threshold,
    thresholdCurrency: row.thresholdCurrency,
    number: row.number,
    max: row.max,
  };
}

export const notificationParams = z.strictObject({ id: pathId });
export const deliveryParams = z.strictObject({ id: pathId });

/** @throws DomainError `not_found` also for one of another reseller's client or company */
export async function requireNotification(scope: Scope, id: string): Promise<NotificationDetail> {
  const row = await scope.read((q) => findNotificationDetail(q, scope.resellerId, id));
  if (!row) throw new DomainError('not_found', `there is no notification ${id}`, '/path/id');
  return row;
}

/** @throws DomainError `not_found` also for one of another reseller's client or company */
export async function requireDelivery(scope: Scope, id: string): Promise<DeliveryDetail> {
  const row = await scope.read((q) => findDelivery(q, scope.resellerId, id));
  if (!row) throw new DomainError('not_found', `there is no delivery ${id}`, '/path/id');
  return row;
}

/** @throws DomainError `not_found` also for a message of a channel, which is no email */
export async function requireEmail(scope: Scope, id: string): Promise<DeliveryDetail> {
  const row = await requireDelivery(scope, id);
  if (row.channel)
    throw new DomainError('not_found', `delivery ${id} went to a channel: it has a text only`, '/path/id');
  return row;
}
