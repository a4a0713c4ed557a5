import { formatMoney, moneyOf } from '../../../domain/money.js';
import {
  countPaymentSources,
  paymentList,
  paymentSorts,
  sumPayments,
  type PaymentFilter,
} from '../../../storage/ledger/payment-list.js';
import { amountFilter, requireCurrency } from '../../contract/amount-filters.js';
import { defineList } from '../../contract/define-list.js';
import type { FilterValues } from '../../contract/list-spec.js';
import { actorNameText, currency, currencyText, instant, line, moneyText, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { paymentItemJson, paymentItemSchema } from './payment-schemas.js';

const filters = {
  q: line(200).optional().openapi({
    description: 'Beginning of the payment’s id, ignoring case; `*` matches any text, `*117` an id that contains 117',
  }),
  clientId: reference.optional(),
  resellerId: reference.optional().openapi({ description: 'Of the client, with its sub-resellers' }),
  source: line(200).optional().openapi({
    description:
      'Who recorded it, such as `webhook:bank`; `user`, `key`, `webhook`, and `temporal` match all of their kind',
  }),
  currency: currency.optional(),
  amountFrom: amountFilter.optional(),
  amountTo: amountFilter.optional(),
  from: instant.optional().openapi({ description: 'Occurred then or later' }),
  to: instant.optional().openapi({ description: 'Occurred before then' }),
};

/** Sources in the answer: the others are found by their names. */
const maxSources = 50;

export const listPaymentsOperation = defineList({
  id: 'listPayments',
  path: '/v1/payments',
  area: 'ledger',
  summary: 'List payments of all clients',
  description:
    'Newest first, by the time they occurred. Rejected payments are events: `GET /v1/events?kind=payment.refused`. ' +
    '`amountFrom` and `amountTo` are inclusive and need `currency`.',
  scope: 'payments:read',
  filters,
  sorts: paymentSorts,
  order: '-at',
  page: 'A page of payments',
  item: paymentItemSchema,
  rows: (q, { filter, caller }) => paymentList(q, caller.resellerId, comparable(filter)),
  toJson: paymentItemJson,
  include: {
    totals: {
      what: 'what all payments that match add up to, by currency',
      schema: z.array(z.strictObject({ currency: currencyText, payments: z.int(), amount: moneyText })),
      beside: async (q, { filter, caller }) =>
        (await sumPayments(q, caller.resellerId, comparable(filter))).map((total) => ({
          ...total,
          amount: formatMoney(moneyOf(total.amount)),
        })),
    },
    sources: {
      what: `who recorded the payments that match the other filters, up to ${maxSources}`,
      schema: z.array(z.strictObject({ source: z.string(), name: actorNameText, payments: z.int() })),
      beside: (q, { filter, caller }) => countPaymentSources(q, caller.resellerId, comparable(filter), maxSources),
    },
  },
  csv: {
    id: 'exportPayments',
    name: 'payments',
    what: 'payments',
    columns: {
      at: { header: 'Time', value: ({ at }) => at },
      id: { header: 'Payment ID', value: ({ id }) => id },
      clientId: { header: 'Client ID', value: ({ clientId }) => ({ number: clientId }) },
      clientName: { header: 'Client', value: ({ clientName }) => clientName },
      resellerId: { header: 'Reseller ID', value: ({ resellerId }) => ({ number: resellerId }) },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      amount: { header: 'Amount', value: (payment) => ({ number: payment.amount }) },
      currency: { header: 'Currency', value: (payment) => payment.currency },
      liveAfter: { header: 'Live balance after', value: ({ liveAfter }) => ({ number: liveAfter }) },
      source: { header: 'Source', value: ({ source }) => source },
      sourceName: { header: 'Recorded by', value: ({ source, sourceName }) => sourceName ?? source },
      recordedAt: { header: 'Recorded', value: ({ recordedAt }) => recordedAt },
      note: { header: 'Note', value: ({ note }) => note },
      entryId: { header: 'Entry', value: ({ entryId }) => ({ number: entryId }) },
    },
  },
});

/** @throws DomainError `invalid` for amounts without their currency */
function comparable(filter: FilterValues<typeof filters>): PaymentFilter {
  requireCurrency(filter, ['amountFrom', 'amountTo']);
  return filter;
}
