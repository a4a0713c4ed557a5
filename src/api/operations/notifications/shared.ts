import { monitorWorkflowId } from '../../../contract/ids.js';
import { DomainError } from '../../../domain/errors.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import {
  channelFormats,
  channelKinds,
  channelText,
  hasAddress,
  kindOf,
} from '../../../domain/notifications/channels.js';
import { listedNotificationKinds } from '../../../domain/notifications/mail-kinds.js';
import type { DeliveryStatus } from '../../../storage/notifications/deliveries.js';
import { findDelivery, type DeliveryDetail } from '../../../storage/notifications/deliveries-read.js';
import { failureReasons } from '../../../storage/notifications/delivery-failure.js';
import type { NotificationStatus } from '../../../storage/notifications/notifications.js';
import {
  findNotificationDetail,
  type DeliveryItem,
  type NotificationDetail,
  type NotificationItem,
} from '../../../storage/notifications/notifications-read.js';
import type { Scope } from '../../../storage/system/scope.js';
import { currencyText, idText, moneyText, orNull, pathId, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

/** As people know them. `accepted` by a mail server, or by the receiver of a channel: delivery beyond it is not tracked. */
export const shownStatuses = ['sending', 'retrying', 'accepted', 'failed', 'uncertain'] as const;
type ShownStatus = (typeof shownStatuses)[number];

/** The stored statuses of notifications behind a shown one. */
export function storedStatuses(shown: ShownStatus): readonly NotificationStatus[] {
  return [shown === 'sending' ? 'pending' : shown];
}

export function shownStatus(status: NotificationStatus): ShownStatus {
  return status === 'pending' ? 'sending' : status;
}

/** The stored statuses of deliveries behind a shown one. */
export function storedDeliveryStatuses(shown: ShownStatus): readonly DeliveryStatus[] {
  return shown === 'sending' ? ['claimed', 'sending', 'transmitted'] : [shown];
}

/** One that came back after it was accepted is bounced. */
function shownDeliveryStatus({ status, bounce }: Pick<DeliveryItem, 'status' | 'bounce'>): ShownStatus | 'bounced' {
  if (bounce !== null && status === 'accepted') return 'bounced';
  return status === 'claimed' || status === 'transmitted' ? 'sending' : status;
}

const failureSchema = z
  .strictObject({
    reason: z.enum(failureReasons).openapi({
      description:
        '`rejected`: the server refused the message for good; `deferred`: refused for now; `unreachable`: no server ' +
        'answered; `interrupted`: the worker stopped; `uncertain`: the connection broke after the message was transmitted',
    }),
    code: z
      .int()
      .nullable()
      .openapi({ description: 'Of SMTP, or of HTTP for a channel; null: the server gave none', example: 550 }),
    reply: z.string().nullable().openapi({ example: '550 5.1.1 mailbox unknown' }),
  })
  .openapi('DeliveryFailure');

const bounceSchema = z
  .strictObject({
    at: timeString,
    code: z.string().nullable().openapi({ description: 'Of RFC 3463; null: not reported', example: '5.1.1' }),
    detail: z.string().openapi({ example: '550 5.1.1 User unknown' }),
  })
  .openapi('DeliveryBounce');

const deliveryChannel = z
  .strictObject({
    id: idText,
    name: z.string().openapi({ description: 'When the notification was decided', example: 'NOC' }),
    kind: z.enum(channelKinds),
    format: z.enum(channelFormats),
    address: z.string().nullable().openapi({ description: 'Phone number; null: the channel is the address' }),
  })
  .openapi('DeliveryChannel');

const deliveryFields = {
  id: idText,
  to: z.string().openapi({
    description: 'Address, or channel: `NOC (Slack)`, `Gateway (SMS): +380501234567`',
    example: 'billing@client.example',
  }),
  channel: orNull(deliveryChannel).openapi({ description: 'null: an email' }),
  status: z.enum([...shownStatuses, 'bounced']).openapi({
    description: '`bounced`: a mail server accepted it, and it came back later. It counts as accepted',
  }),
  bounce: orNull(bounceSchema).openapi({ description: 'null: it did not come back' }),
  attempts: z.int(),
  acceptedAt: timeString.nullable(),
  nextAttemptAt: timeString.nullable(),
  failure: orNull(failureSchema).openapi({
    description: 'Why the last attempt was not accepted; null: it was, or there is none',
  }),
  locale: z.string().openapi({ description: 'Language of the recipient', example: 'en' }),
  timezone: z.string().openapi({ description: 'Time zone of the recipient', example: 'Europe/Kyiv' }),
  subject: z.string(),
  messageId: z.string(),
  template: z.string().openapi({ description: 'Template that was used' }),
  templateUsed: z
    .strictObject({ id: idText, version: z.int() })
    .nullable()
    .openapi({ description: 'null: the built-in one' }),
  rendered: z
    .strictObject({ html: z.string(), txt: z.string(), eml: z.string() })
    .openapi({ description: 'Paths of the message as it was sent; of a channel only `txt` has content' }),
};

const subjectFields = {
  clientId: idText.nullable().openapi({ description: 'null: about a company' }),
  clientName: z.string().nullable(),
  companyId: idText.nullable().openapi({ description: 'null: about a client' }),
  companyName: z.string().nullable(),
};

/** One message to one recipient. */
const deliverySchema = z.strictObject(deliveryFields).openapi('Delivery');

export const deliveryDetailSchema = z
  .strictObject({
    ...deliveryFields,
    notificationId: idText,
    ...subjectFields,
    kind: z.enum(listedNotificationKinds),
    rule: z.string(),
    at: timeString.openapi({ description: 'When the notification was decided' }),
  })
  .openapi('DeliveryDetail');

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

type DeliveryFields = Omit<DeliveryItem, 'endedAt' | 'acceptedAt' | 'nextAttemptAt'> & {
  readonly acceptedAt: string | Date | null;
  readonly nextAttemptAt: string | Date | null;
};

function deliveryJson(row: DeliveryFields): z.input<typeof deliverySchema> {
  const path = `/v1/deliveries/${row.id}/rendered`;
  return {
    id: row.id,
    to: recipientOf(row),
    channel: row.channel && {
      ...{ id: row.channel.id, name: row.channel.name, kind: kindOf(row.channel.format), format: row.channel.format },
      address: hasAddress(row.channel.format) ? row.recipient : null,
    },
    status: shownDeliveryStatus(row),
    bounce: row.bounce && {
      at: timeText(new Date(row.bounce.at)),
      code: row.bounce.code === '' ? null : row.bounce.code,
      detail: row.bounce.detail,
    },
    attempts: row.attempts,
    acceptedAt: instantText(row.acceptedAt),
    nextAttemptAt: instantText(row.nextAttemptAt),
    failure: row.failure,
    locale: row.locale,
    timezone: row.timezone,
    subject: row.subject,
    messageId: row.messageId,
    template: row.template,
    templateUsed: templateOf(row.template),
    rendered: { html: `${path}.html`, txt: `${path}.txt`, eml: `${path}.eml` },
  };
}

export function deliveryDetailJson(row: DeliveryDetail): z.input<typeof deliveryDetailSchema> {
  const { notificationId, clientId, clientName, companyId, companyName, kind, rule, decidedAt } = row;
  return {
    ...deliveryJson(row),
    notificationId,
    clientId,
    clientName,
    companyId,
    companyName,
    kind,
    rule,
    at: timeText(decidedAt),
  };
}

/** As people read it. */
function recipientOf({ recipient, channel }: Pick<DeliveryItem, 'recipient' | 'channel'>): string {
  return channel ? channelText(channel, hasAddress(channel.format) ? recipient : null) : recipient;
}

function instantText(instant: string | Date | null): string | null {
  return instant === null ? null : timeText(new Date(instant));
}

function earliest(instants: readonly (string | null)[]): string | null {
  const known = instants.filter((instant) => instant !== null).map((instant) => Date.parse(instant));
  return known.length === 0 ? null : timeText(new Date(Math.min(...known)));
}

/** `12@3`; null: built in */
function templateOf(template: string): { id: string; version: number } | null {
  const [, id, version] = /^(\d+)@(\d+)$/.exec(template) ?? [];
  return id === undefined ? null : { id, version: Number(version) };
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
