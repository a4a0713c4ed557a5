import { amountModes } from '../../payments/card-payments.js';
import type { ClientFieldSpec } from './spec.js';

/** Whether its card is charged without being asked for, when, and how much. */
export const autoPaymentFields = {
  autoPayment: {
    type: 'flag',
    default: false,
    description:
      'The card on file is charged once when available falls below the threshold; of a new client, as soon as its card is ' +
      'registered',
    filter: 'equals',
    sortable: true,
    csv: 'Auto payment',
  },
  autoPaymentExtraAmount: {
    type: 'money',
    least: 'more_than_zero',
    nullable: true,
    switchedBy: 'autoPayment',
    description:
      'Amount of an automatic payment, in the client’s currency, 1.00 to 100,000.00; required with `autoPayment`',
    example: '50.00',
    filter: 'range',
    sortable: true,
    csv: 'Extra amount',
  },
  autoPaymentAmountMode: {
    type: 'choice',
    values: amountModes,
    default: 'fixed',
    switchedBy: 'autoPayment',
    description:
      '`fixed`: the extra amount; `cover`: what is missing up to the threshold, and the extra amount on top of it',
    filter: 'equals',
    sortable: true,
    csv: 'Auto payment amount',
  },
  autoPaymentThreshold: {
    type: 'money',
    nullable: true,
    switchedBy: 'autoPayment',
    description:
      'Available balance below which the card is charged, in the client’s currency; null: `lowBalanceThreshold`, else the ' +
      'threshold of the profile’s client notification',
    example: '20.00',
    filter: 'range',
    sortable: true,
    csv: 'Auto payment threshold',
  },
  autoPaymentMaxPerDay: {
    type: 'integer',
    min: 1,
    max: 24,
    default: 2,
    switchedBy: 'autoPayment',
    description: 'Automatic charges within 24 hours, declined ones included',
    example: 2,
    filter: 'equals',
    sortable: true,
    csv: 'Auto payments per day',
  },
  autoPaymentMaxAmountPerMonth: {
    type: 'money',
    least: 'more_than_zero',
    nullable: true,
    switchedBy: 'autoPayment',
    description: 'Sum of automatic payments in a calendar month of the client’s time zone; null: no limit',
    example: '500.00',
    filter: 'range',
    sortable: true,
    csv: 'Auto payment maximum per month',
  },
  autoPaymentRepeatWhileLow: {
    type: 'flag',
    default: false,
    switchedBy: 'autoPayment',
    description: 'A client that is still low is charged again after 1 hour, within the maximums',
    filter: 'equals',
    sortable: true,
    csv: 'Repeat auto payment',
  },
  autoPaymentReceipt: {
    type: 'flag',
    default: false,
    switchedBy: 'autoPayment',
    description: 'Emails the billing email after each automatic payment',
    filter: 'equals',
    sortable: true,
    csv: 'Auto payment receipt',
  },
} as const satisfies Readonly<Record<string, ClientFieldSpec>>;
