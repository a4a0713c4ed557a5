import { cardPaymentOrigins, cardPaymentStatuses } from '../../../../domain/payments/card-payments.js';
import { cardPaymentList } from '../../../../storage/payments/card-payment-list.js';
import { defineList } from '../../../contract/define-list.js';
import { instant, reference } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { cardPaymentJson, cardPaymentSchema } from './schema.js';

export const listCardPaymentsOperation = defineList({
  id: 'listCardPayments',
  path: '/v1/card-payments',
  area: 'card-payments',
  summary: 'List card payments',
  description: 'Each charge of a card, automatic or by hand, newest first.',
  scope: 'payments:read',
  filters: {
    clientId: reference.optional(),
    status: z.enum(cardPaymentStatuses).optional(),
    origin: z.enum(cardPaymentOrigins).optional(),
    from: instant.optional().openapi({ description: 'Decided then or later' }),
    to: instant.optional().openapi({ description: 'Decided before then' }),
  },
  sorts: ['id'],
  order: '-id',
  page: 'A page of card payments',
  item: cardPaymentSchema,
  rows: (q, { caller, filter }) => cardPaymentList(q, caller.resellerId, filter),
  toJson: cardPaymentJson,
  csv: {
    id: 'exportCardPayments',
    name: 'card-payments',
    what: 'card payments',
    columns: {
      decidedAt: { header: 'Decided', value: ({ decidedAt }) => decidedAt },
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      clientId: { header: 'Client ID', value: ({ clientId }) => ({ number: clientId }) },
      clientName: { header: 'Client', value: ({ clientName }) => clientName },
      origin: { header: 'Origin', value: ({ origin }) => origin },
      status: { header: 'Status', value: ({ status }) => status },
      reason: { header: 'Reason', value: ({ reason }) => reason },
      amount: { header: 'Amount', value: ({ amount }) => (amount === null ? null : { number: amount }) },
      currency: { header: 'Currency', value: ({ currency }) => currency },
      chargedAmount: {
        header: 'Charged',
        value: ({ chargedAmount }) => (chargedAmount === null ? null : { number: chargedAmount }),
      },
      chargedCurrency: { header: 'Charged currency', value: ({ chargedCurrency }) => chargedCurrency },
      cardLast4: { header: 'Card', value: ({ cardLast4 }) => cardLast4 },
      transactionId: { header: 'Transaction', value: ({ transactionId }) => transactionId },
      declineMessage: { header: 'Decline', value: ({ declineMessage }) => declineMessage },
      paymentId: { header: 'Payment ID', value: ({ paymentId }) => paymentId },
      endedAt: { header: 'Ended', value: ({ endedAt }) => endedAt },
    },
  },
});
