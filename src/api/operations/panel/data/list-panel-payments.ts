import { formatMoney, moneyOf } from '../../../../domain/money.js';
import { panelPayments } from '../../../../storage/panel/panel-lists.js';
import { currencyText, idText, moneyText, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { definePanelList } from '../panel-list.js';

const paymentSchema = z
  .strictObject({
    id: idText,
    at: timeString,
    kind: z.enum(['payment', 'refund', 'reversal']),
    reference: z.string().openapi({ example: 'pay-2026-000117' }),
    amount: moneyText.openapi({ description: 'Below 0: paid back or reversed' }),
    currency: currencyText,
  })
  .openapi('PanelPayment');

export const listPanelPaymentsOperation = definePanelList({
  id: 'listPanelPayments',
  path: '/v1/panel/payments',
  summary: 'List the own payments, refunds, and reversals',
  item: paymentSchema,
  rows: panelPayments,
  toJson: ({ id, at, kind, reference, amount, currency }) => ({
    ...{ id, at: timeText(at), kind, reference, currency },
    amount: formatMoney(moneyOf(amount)),
  }),
});
