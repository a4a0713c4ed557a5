import type { Row } from './variable-row.js';

export const autoPaymentRows: readonly Row[] = [
  [
    'auto_payment.state',
    'text',
    'off, idle, waiting, charging, held, declined, frozen, or unknown: whether the card is being charged',
    'charging',
  ],
  ['auto_payment.amount', 'money', 'Amount that is being charged; empty if none is', '100.00'],
];

export const cardPaymentRows: readonly Row[] = [
  ['card_payment.amount', 'money', "Amount of the automatic payment, in the client's currency", '100.00'],
  ['card_payment.card', 'text', 'Brand and last four digits of the card', 'Visa 1111'],
  ['card_payment.reason', 'text', "The gateway's reason for a decline; empty if it gave none", 'Insufficient funds'],
  [
    'card_payment.retry_at',
    'time',
    "When the card is charged again if the balance is still low, in the reader's time zone; empty if it is not",
    '2026-05-13T11:05:00Z',
  ],
  ['card_payment.transaction', 'text', "The gateway's number of the transaction", '60198765432'],
];

export const expiringCardRows: readonly Row[] = [
  ['card.name', 'text', 'Brand and last four digits of the card', 'Visa 1111'],
  ['card.last_day', 'text', 'Last day on which the card is valid', '2026-06-30'],
  ['card.days', 'number', 'Days until the last day', '30'],
];
