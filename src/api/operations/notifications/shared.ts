import { monitorWorkflowId } from '../../../contract/ids.js';
import { DomainError } from '../../../domain/errors.js';
import { formatCents, moneyOf } from '../../../domain/money.js';
import type { MailKind, NotificationStatus } from '../../../storage/notifications.js';
import {
  findNotificationDetail,
  type NotificationDetail,
  type NotificationItem,
} from '../../../storage/notifications-read.js';
import type { ApiContext, Caller } from '../../context.js';
import { currencyText, idText, pathId, timeOrNull, timeString, timeText } from '../../schemas.js';
import { z } from '../../zod.js';

export const mailKinds = [
  'low_balance',
  'low_funds_warning',
  'company_balance',
  'credit_granted',
  'credit_expiring',
  'credit_reverted',
] as const satisfies readonly MailKind[];

/** The mails of rules: what a list shows when nothing else is asked for. */
export const ruleMailKinds: readonly MailKind[] = ['low_balance', 'low_funds_warning'];

/** As people know them. `accepted` by the SMTP server; nobody knows whether a mail was delivered. */
export const shownStatuses = ['sending', 'retrying', 'accepted', 'failed', 'uncertain'] as const;
export type ShownStatus = (typeof shownStatuses)[number];

/** The statuses of the ledger behind a shown one. */
export function storedStatuses(shown: ShownStatus): readonly NotificationStatus[] {
  return shown === 'sending' ? ['claimed', 'sending', 'handing_over'] : [shown];
}

export function shownStatus(status: NotificationStatus): ShownStatus {
  return status === 'claimed' || status === 'handing_over' ? 'sending' : status;
}

export const notificationSchema = z
  .strictObject({
    id: idText,
    clientId: idText,
    clientName: z.string(),
    kind: z.enum(mailKinds),
    rule: z.string().openapi({ example: 'client' }),
    to: z.array(z.string()),
    available: z
      .string()
      .nullable()
      .openapi({ description: 'At the check, two decimals, in the client’s currency', example: '45.00' }),
    currency: currencyText.nullable(),
    number: z.int().openapi({ description: 'Within the count' }),
    max: z.int().nullable().openapi({ description: 'null: unlimited' }),
    episode: z.int(),
    status: z.enum(shownStatuses),
    at: timeString.openapi({ description: 'When the check was due that it comes from' }),
    acceptedAt: timeString.nullable(),
    acceptedFor: z.array(z.string()).openapi({ description: 'Of `to`, whom the SMTP server took' }),
    nextAttemptAt: timeString.nullable(),
    subject: z.string().nullable(),
    attempts: z.int(),
    messageId: z.string(),
  })
  .openapi('Notification');

export const notificationDetailSchema = notificationSchema
  .extend({
    locale: z.string().nullable(),
    template: z.string().nullable().openapi({ description: 'Which template wrote it' }),
    templateUsed: z
      .strictObject({ id: idText, version: z.int() })
      .nullable()
      .openapi({ description: 'null: the built-in one' }),
    values: z
      .strictObject({
        available: z.string().nullable(),
        availableConverted: z.string().nullable(),
        threshold: z.string().nullable(),
        thresholdCurrency: z.string().nullable(),
        number: z.int(),
        max: z.int().nullable(),
      })
      .openapi({ description: 'As they were at the check' }),
    workflowId: z.string().openapi({ example: 'monitor/7' }),
    temporalUrl: z.string().nullable(),
    variables: z.record(z.string(), z.unknown()).openapi({ description: 'What the template was given' }),
    rendered: z
      .strictObject({ html: z.string(), txt: z.string(), eml: z.string() })
      .openapi({ description: 'As it was sent' }),
  })
  .openapi('NotificationDetail');

export function notificationJson(row: NotificationItem): z.input<typeof notificationSchema> {
  return {
    id: row.id,
    clientId: row.clientId,
    clientName: row.clientName,
    kind: row.kind,
    rule: row.rule,
    to: [...row.recipients],
    available: row.available === null ? null : formatCents(moneyOf(row.available)),
    currency: row.currency,
    number: row.number,
    max: row.max,
    episode: row.episode,
    status: shownStatus(row.status),
    at: timeText(row.checkAt),
    acceptedAt: row.status === 'accepted' ? timeOrNull(row.endedAt) : null,
    acceptedFor: [...row.accepted],
    nextAttemptAt: timeOrNull(row.nextAttemptAt),
    subject: row.subject,
    attempts: row.attempts,
    messageId: row.messageId,
  };
}

export function notificationDetailJson(
  row: NotificationDetail,
  temporalUrl: string | null,
): z.input<typeof notificationDetailSchema> {
  const path = `/v1/notifications/${row.id}/rendered`;
  return {
    ...notificationJson(row),
    locale: row.locale,
    template: row.template,
    templateUsed: templateOf(row.template),
    values: valuesOf(row),
    workflowId: monitorWorkflowId(row.clientId),
    temporalUrl,
    variables: { ...row.variables },
    rendered: { html: `${path}.html`, txt: `${path}.txt`, eml: `${path}.eml` },
  };
}

/** `12@3` */
function templateOf(template: string | null): { id: string; version: number } | null {
  const [, id, version] = /^(\d+)@(\d+)$/.exec(template ?? '') ?? [];
  return id === undefined ? null : { id, version: Number(version) };
}

function valuesOf(row: NotificationDetail): z.input<typeof notificationDetailSchema>['values'] {
  const text = (name: string): string | null => {
    const value = row.variables[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  return {
    available: row.available === null ? null : formatCents(moneyOf(row.available)),
    availableConverted: text('available_converted'),
    threshold: text('threshold'),
    thresholdCurrency: text('threshold_currency'),
    number: row.number,
    max: row.max,
  };
}

export const notificationParams = z.strictObject({ id: pathId });

/** @throws DomainError `not_found` also for one of somebody else's client */
export async function requireNotification(
  context: ApiContext,
  caller: Caller,
  id: string,
): Promise<NotificationDetail> {
  const row = await findNotificationDetail(context.sql, caller.resellerId, id);
  if (!row) throw new DomainError('not_found', `there is no notification ${id}`, '/path/id');
  return row;
}
