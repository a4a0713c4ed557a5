import { isLowered, longestInterval, maxReminders, paymentModes } from '../../../../domain/invoicing/payment-terms.js';
import { paymentTermsKind } from '../../../../services/invoicing/setup/payment-terms.js';
import type { PaymentTermsRow } from '../../../../storage/invoicing/payment-terms.js';
import { patchShape } from '../../../contract/patch-shape.js';
import { idText, line, reason, timeString, timeText, warning } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { sharedOwner } from '../../resellers/shared-records.js';

/** When clients are invoiced, and by when they pay (docs/concepts.md#payment-terms). */

const reminders = z.array(z.int().min(1).max(365)).max(maxReminders);
const mode = z.enum(paymentModes).openapi({
  description: '`every`: an invoice every `days` days · `on`: an invoice on `day` of each month',
});

const fields = {
  name: line(64).openapi({ example: 'Weekly' }),
  mode,
  days: z.int().min(1).max(longestInterval).nullable().default(null).openapi({ description: 'Only with mode `every`' }),
  day: z
    .int()
    .min(1)
    .max(31)
    .nullable()
    .default(null)
    .openapi({ description: 'Only with mode `on`; 29, 30, and 31 become 28' }),
  graceDays: z.int().min(0).max(365).openapi({ description: 'Days until an invoice is due; 0: due on receipt' }),
  remindBefore: reminders.default([]).openapi({ description: 'Days before the due date', example: [3] }),
  remindAfter: reminders.default([]).openapi({ description: 'Days after the due date', example: [1, 7] }),
};

export const paymentTermsBody = z
  .strictObject({
    ...fields,
    ...sharedOwner,
  })
  .openapi('PaymentTermsInput');

export const paymentTermsPatch = z
  .strictObject({ ...patchShape(fields), reason: reason.optional() })
  .openapi('PaymentTermsPatch');

const shape = {
  id: idText,
  resellerId: idText,
  resellerName: z.string(),
  name: z.string(),
  label: z.string().openapi({ description: 'How lists name them', example: '7/7' }),
  mode,
  days: z.int().nullable(),
  day: z.int().nullable(),
  graceDays: z.int(),
  remindBefore: z.array(z.int()),
  remindAfter: z.array(z.int()),
  clients: z.int().openapi({ description: 'Clients that use them' }),
  version: z.int(),
  createdAt: timeString,
  updatedAt: timeString,
};

const paymentTermsSchema = z.strictObject(shape).openapi('PaymentTerms');

/** The answer to a change, with what was taken otherwise than asked. */
const writtenSchema = z.strictObject({ ...shape, warnings: z.array(warning) }).openapi('WrittenPaymentTerms');

export const paymentTermsExample = { name: 'Weekly', mode: 'every', days: 7, graceDays: 7, remindBefore: [3] };

function paymentTermsJson(row: PaymentTermsRow): z.output<typeof paymentTermsSchema> {
  return {
    id: row.id,
    resellerId: row.resellerId,
    resellerName: row.resellerName,
    name: row.name,
    label: row.label,
    mode: row.mode,
    days: row.days,
    day: row.day,
    graceDays: row.graceDays,
    remindBefore: [...row.remindBefore],
    remindAfter: [...row.remindAfter],
    clients: row.clients,
    version: row.version,
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
  };
}

export const paymentTermsApi = {
  kind: paymentTermsKind,
  path: '/v1/payment-terms',
  area: 'payment-terms',
  one: 'payment terms',
  noun: 'payment terms',
  plural: 'payment terms',
  schema: paymentTermsSchema,
  toJson: paymentTermsJson,
} as const;

export const writtenTerms = {
  schema: writtenSchema,
  toJson(row: PaymentTermsRow, { day }: { readonly day?: number | null | undefined }): z.output<typeof writtenSchema> {
    const lowered = { pointer: '#/day', detail: `was lowered to ${row.day}, which every month has` };
    return { ...paymentTermsJson(row), warnings: isLowered(day) ? [lowered] : [] };
  },
};
