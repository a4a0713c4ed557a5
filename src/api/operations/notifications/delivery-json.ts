import {
  channelFormats,
  channelKinds,
  channelText,
  hasAddress,
  kindOf,
} from '../../../domain/notifications/channels.js';
import { listedNotificationKinds } from '../../../domain/notifications/mail-kinds.js';
import type { DeliveryStatus } from '../../../storage/notifications/deliveries.js';
import { type DeliveryDetail } from '../../../storage/notifications/deliveries-read.js';
import { failureReasons } from '../../../storage/notifications/delivery-failure.js';
import type { NotificationStatus } from '../../../storage/notifications/notifications.js';
import { type DeliveryItem } from '../../../storage/notifications/notifications-read.js';
import { idText, orNull, timeString, timeText } from '../../contract/schemas.js';
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

export const deliveryChannel = z
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

export const subjectFields = {
  clientId: idText.nullable().openapi({ description: 'null: about a company' }),
  clientName: z.string().nullable(),
  companyId: idText.nullable().openapi({ description: 'null: about a client' }),
  companyName: z.string().nullable(),
};

/** One message to one recipient. */
export const deliverySchema = z.strictObject(deliveryFields).openapi('Delivery');

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

type DeliveryFields = Omit<DeliveryItem, 'endedAt' | 'acceptedAt' | 'nextAttemptAt'> & {
  readonly acceptedAt: string | Date | null;
  readonly nextAttemptAt: string | Date | null;
};

export function deliveryJson(row: DeliveryFields): z.input<typeof deliverySchema> {
  const path = `/v1/deliveries/${row.id}/rendered`;
  return {
    id: row.id,
    to: recipientOf(row),
    channel: channelOf(row),
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
export function channelOf({
  recipient,
  channel,
}: Pick<DeliveryItem, 'recipient' | 'channel'>): z.output<typeof deliveryChannel> | null {
  if (channel === null) return null;
  const { id, name, format } = channel;
  return { ...{ id, name, kind: kindOf(format), format }, address: hasAddress(format) ? recipient : null };
}

export function recipientOf({ recipient, channel }: Pick<DeliveryItem, 'recipient' | 'channel'>): string {
  return channel ? channelText(channel, hasAddress(channel.format) ? recipient : null) : recipient;
}

function instantText(instant: string | Date | null): string | null {
  return instant === null ? null : timeText(new Date(instant));
}

/** `12@3`; null: built in */
function templateOf(template: string): { id: string; version: number } | null {
  const [, id, version] = /^(\d+)@(\d+)$/.exec(template) ?? [];
  return id === undefined ? null : { id, version: Number(version) };
}
