import { DomainError } from '../../../../domain/errors.js';
import { cardPaymentOrigins } from '../../../../domain/payments/card-payments.js';
import { panelOutcome, panelOutcomes } from '../../../../domain/payments/panel-payments.js';
import { payNow } from '../../../../services/payments/charges/pay-now.js';
import {
  countPanelPayments,
  findPanelCardPayment,
  panelCardPayments,
  type PanelCardPaymentRow,
} from '../../../../storage/panel/panel-card.js';
import type { Scope } from '../../../../storage/system/scope.js';
import { limitPanelTries, panelPayer, requireCardPayments } from '../../../access/panel-payer.js';
import { accepted, ok } from '../../../contract/answers.js';
import { definePanelOperation } from '../../../contract/operation.js';
import {
  currencyText,
  idText,
  money,
  moneyText,
  pathId,
  timeOrNull,
  timeString,
  timeText,
} from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { plain } from '../../payments/cards/schema.js';
import { definePanelList } from '../panel-list.js';

const paymentSchema = z
  .strictObject({
    id: idText,
    at: timeString,
    origin: z.enum(cardPaymentOrigins).openapi({ description: '`auto`: because the balance was low · `by_hand`' }),
    outcome: z.enum(panelOutcomes).openapi({
      description:
        '`processing`: about a second · `approved` · `declined` · `review`: the gateway reviews it · `unclear`: the ' +
        'gateway’s answer is missing; it is looked up, and the card is never charged twice · `not_charged`',
    }),
    amount: moneyText.nullable().openapi({ description: 'null: not known before the card is charged' }),
    currency: currencyText,
    last4: z.string().nullable(),
    declineMessage: z
      .string()
      .nullable()
      .openapi({ description: 'What the gateway said', example: 'Insufficient funds' }),
    otherCardNeeded: z.boolean().openapi({ description: 'Declined for good: this card is not to be charged again' }),
    endedAt: timeString.nullable(),
  })
  .openapi('PanelCardPayment');

function paymentJson(row: PanelCardPaymentRow): z.output<typeof paymentSchema> {
  const { id, at, origin, amount, currency, last4, declineMessage, declineHard, endedAt } = row;
  return {
    ...{ id, at: timeText(at), origin, outcome: panelOutcome(row), amount: plain(amount), currency, last4 },
    ...{ declineMessage, otherCardNeeded: declineHard === true, endedAt: timeOrNull(endedAt) },
  };
}

async function requirePayment(scope: Scope, clientId: string, id: string): Promise<PanelCardPaymentRow> {
  const row = await scope.read((q) => findPanelCardPayment(q, clientId, id));
  if (!row) throw new DomainError('not_found', `there is no card payment ${id}`, '/path/id');
  return row;
}

export const listPanelCardPaymentsOperation = definePanelList({
  id: 'listPanelCardPayments',
  path: '/v1/panel/card-payments',
  summary: 'List the own card payments',
  description: 'Newest first: each charge of the card, and how it went.',
  item: paymentSchema,
  rows: panelCardPayments,
  toJson: paymentJson,
});

export const readPanelCardPaymentOperation = definePanelOperation({
  id: 'readPanelCardPayment',
  method: 'get',
  path: '/v1/panel/card-payments/{id}',
  area: 'panel',
  summary: 'Get an own card payment',
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 200: { description: 'The card payment', schema: paymentSchema } },
  async handler({ params, caller, scope }) {
    return ok(paymentJson(await requirePayment(scope, caller.clientId, params.id)));
  },
});

/** A payment is the same one however often its request is repeated, so the key is not optional. */
const keyHeader = z.object({
  'idempotency-key': z
    .string({ error: 'is required: send a new key, such as a UUID, and the same one when you repeat the request' })
    .openapi({ description: 'Names the payment: a repeated request with the same key charges nothing more' }),
});

export const payPanelCardOperation = definePanelOperation({
  id: 'payPanelCard',
  method: 'post',
  path: '/v1/panel/card-payments',
  area: 'panel',
  summary: 'Pay with the own card',
  description:
    'The card is charged within about a second: read the payment for its outcome. Repeated with the same ' +
    '`Idempotency-Key`, it charges nothing more. Up to 10 per hour.',
  whileStopped: true,
  request: {
    headers: keyHeader,
    body: z
      .strictObject({
        amount: money({ least: 'more_than_zero' }).openapi({
          description: 'In the client’s currency, 1.00 to 100,000.00',
          example: '50.00',
        }),
      })
      .openapi('PanelCardPaymentInput'),
  },
  example: { amount: '50.00' },
  responses: { 202: { description: 'Accepted', schema: paymentSchema } },
  problems: ['panel_not_allowed', 'auto_payment_no_card', 'card_expired', 'auto_payment_in_flight', 'conflict'],
  async handler({ body, caller, context, scope, dedupeId, now, bound }) {
    await requireCardPayments(scope);
    const { clientId } = caller;
    const payer = panelPayer(context, caller, { now, bound });
    await limitPanelTries(payer, 'payments', (q, since) => countPanelPayments(q, clientId, since, dedupeId));
    const { row } = await payNow(payer, clientId, { amount: body.amount, requestId: dedupeId });
    const path = `/v1/panel/card-payments/${row.id}`;
    return accepted(paymentJson(await requirePayment(scope, clientId, row.id)), { headers: { Location: path } });
  },
});
