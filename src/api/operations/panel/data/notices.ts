import { DomainError } from '../../../../domain/errors.js';
import { notificationKinds } from '../../../../domain/notifications/mail-kinds.js';
import { formatMoney, isMoney, moneyOf } from '../../../../domain/money.js';
import { findPanelNotice, panelNotices, type PanelNoticeRow } from '../../../../storage/panel/panel-lists.js';
import { ok } from '../../../contract/answers.js';
import { definePanelOperation } from '../../../contract/operation.js';
import {
  currencyText,
  idText,
  moneyText,
  pathId,
  timeOrNull,
  timeString,
  timeText,
} from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { definePanelList } from '../panel-list.js';

const fields = {
  id: idText,
  at: timeString,
  kind: z.enum(notificationKinds),
  subject: z.string(),
  available: moneyText.nullable().openapi({ description: 'What was available then; null: unknown' }),
  currency: currencyText.nullable(),
  threshold: z.string().nullable().openapi({ description: 'An amount, or a share such as `75%`', example: '50.00' }),
  acceptedAt: timeString.nullable().openapi({ description: 'When the mail server accepted it; null: not yet' }),
};

const noticeSchema = z.strictObject(fields).openapi('PanelNotice');
const detailSchema = z
  .strictObject({ ...fields, text: z.string().openapi({ description: 'The message as plain text' }) })
  .openapi('PanelNoticeDetail');

function noticeJson(row: PanelNoticeRow): z.output<typeof noticeSchema> {
  const { id, at, kind, subject, available, currency, threshold, acceptedAt } = row;
  return {
    id,
    at: timeText(at),
    kind,
    subject,
    available: available === null ? null : formatMoney(moneyOf(available)),
    currency,
    threshold: threshold !== null && isMoney(threshold) ? formatMoney(moneyOf(threshold)) : threshold,
    acceptedAt: timeOrNull(acceptedAt),
  };
}

export const listPanelNoticesOperation = definePanelList({
  id: 'listPanelNotices',
  path: '/v1/panel/notices',
  summary: 'List the notifications that the client received',
  description: 'Newest first: emails to addresses of the client, never those to staff.',
  item: noticeSchema,
  rows: panelNotices,
  toJson: noticeJson,
});

export const readPanelNoticeOperation = definePanelOperation({
  id: 'readPanelNotice',
  method: 'get',
  path: '/v1/panel/notices/{id}',
  area: 'panel',
  summary: 'Get a notification with its text',
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 200: { description: 'The notification', schema: detailSchema } },
  async handler({ params, caller, scope }) {
    const row = await scope.read((q) => findPanelNotice(q, caller.clientId, params.id));
    if (!row) throw new DomainError('not_found', `there is no notification ${params.id}`, '/path/id');
    return ok({ ...noticeJson(row), text: row.text });
  },
});
