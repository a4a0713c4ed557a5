import {
  longestTerm,
  noticeKinds,
  notificationModes,
  noTerm,
  termUnits,
  type NoticeKind,
} from '../../../../domain/rates/agreements/agreement.js';
import { nextNotification } from '../../../../domain/rates/agreements/notice-times.js';
import { agreementKind } from '../../../../services/rates/agreements/agreements.js';
import type { AgreementRow } from '../../../../storage/rates/agreements/agreements.js';
import { patchShape } from '../../../contract/patch-shape.js';
import { idText, line, reason, timeString, timeText, timezone } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { sharedOwner } from '../../resellers/shared-records.js';

/** When clients are notified of new rates (docs/rates.md#agreements). */

const notificationDays = z
  .strictObject({
    mode: z.enum(notificationModes).openapi({
      description: '`daily` · `weekly`: `days` from 1 (Monday) to 7 (Sunday) · `monthly`: `days` from 1 to 28',
    }),
    days: z.array(z.int().min(1).max(31)).max(31).default([]),
  })
  .openapi('NotificationDays', { example: { mode: 'weekly', days: [1] } });

const term = z
  .strictObject({
    value: z.int().min(0).max(longestTerm),
    unit: z.enum(termUnits).openapi({
      description:
        '`days_from_midnight`: of the day of the notification · `days_from_notification`: spans of 24 hours · ' +
        '`hours_from_hour`: from the beginning of its hour · `hours_from_notification`',
    }),
  })
  .openapi('AgreementTerm', { example: { value: 7, unit: 'days_from_midnight' } });

const termOf = Object.fromEntries(noticeKinds.map((kind) => [kind, term.default(noTerm)])) as Record<
  NoticeKind,
  z.ZodDefault<typeof term>
>;
const termsInput = z.strictObject(termOf).openapi('AgreementTermsInput', {
  description: 'How long before a rate takes effect clients are notified of it; default: no minimum',
});

const fields = {
  name: line(128).openapi({ example: 'Wholesale, 7 days' }),
  notificationDays: notificationDays.default({ mode: 'daily', days: [] }),
  hour: z.int().min(0).max(23).default(9).openapi({ description: 'Full hour of these days in `timezone`' }),
  timezone: timezone.default('UTC'),
  terms: termsInput.prefault({}),
};

export const agreementBody = z.strictObject({ ...fields, ...sharedOwner }).openapi('AgreementInput');

export const agreementPatch = z
  .strictObject({ ...patchShape(fields), terms: termsInput.optional(), reason: reason.optional() })
  .openapi('AgreementPatch');

const terms = z
  .strictObject(Object.fromEntries(noticeKinds.map((kind) => [kind, term])) as Record<NoticeKind, typeof term>)
  .openapi('AgreementTerms');

const agreementSchema = z
  .strictObject({
    id: idText,
    resellerId: idText,
    resellerName: z.string(),
    name: z.string(),
    notificationDays: z
      .strictObject({ mode: z.enum(notificationModes), days: z.array(z.int()) })
      .openapi({ description: 'weekly: 1 is Monday, 7 is Sunday' }),
    hour: z.int(),
    timezone: z.string(),
    terms,
    nextNotificationAt: timeString.openapi({ description: 'Its next day and hour' }),
    clients: z.int().openapi({ description: 'Clients that have it themselves' }),
    rateTables: z.int().openapi({ description: 'Rate tables that have it for their clients and imports' }),
    version: z.int(),
    createdAt: timeString,
    updatedAt: timeString,
  })
  .openapi('Agreement');

export const agreementExample = {
  name: 'Wholesale, 7 days',
  notificationDays: { mode: 'weekly', days: [1] },
  terms: { increased: { value: 7, unit: 'days_from_midnight' } },
};

export const agreementApi = {
  kind: agreementKind,
  path: '/v1/agreements',
  area: 'rate-tables',
  one: 'an agreement',
  noun: 'agreement',
  plural: 'agreements',
  schema: agreementSchema,
  toJson: (row: AgreementRow): z.output<typeof agreementSchema> => ({
    id: row.id,
    resellerId: row.resellerId,
    resellerName: row.resellerName,
    name: row.name,
    notificationDays: { mode: row.notificationDays.mode, days: [...row.notificationDays.days] },
    hour: row.hour,
    timezone: row.timezone,
    terms: row.terms,
    nextNotificationAt: timeText(new Date(nextNotification(row, Date.now()))),
    clients: row.clients,
    rateTables: row.rateTables,
    version: row.version,
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
  }),
} as const;
