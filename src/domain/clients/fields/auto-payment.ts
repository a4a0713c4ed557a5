import type { ClientFieldSpec } from './spec.js';

/** Whether its card is charged without being asked for. */
export const autoPaymentFields = {
  autoPayment: {
    type: 'flag',
    default: false,
    description: 'The card on file is charged automatically',
    filter: 'equals',
    csv: 'Auto payment',
  },
  autoPaymentExtraAmount: {
    type: 'money',
    least: 'more_than_zero',
    nullable: true,
    switchedBy: 'autoPayment',
    description: 'Amount of an automatic payment, in the client’s currency',
    example: '50.00',
    filter: 'range',
    csv: 'Extra amount',
  },
} as const satisfies Readonly<Record<string, ClientFieldSpec>>;
