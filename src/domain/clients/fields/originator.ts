import { creditLimitDigits } from '../../credit/limit-digits.js';
import { balanceModels } from '../../monitoring/rules.js';
import type { ClientFieldSpec } from './spec.js';

/** What it pays for events that it sends to the switch, and how far it may go. */
export const originatorFields = {
  balanceModel: {
    type: 'choice',
    values: balanceModels,
    default: 'prepaid',
    scope: 'credit:write',
    filter: 'equals',
    csv: 'Balance model',
    inheritable: true,
  },
  creditLimit: {
    type: 'money',
    default: '0.00',
    scope: 'credit:write',
    digits: creditLimitDigits,
    description: 'Permanent; may be negative; 0 with `unlimited`',
    example: '0.00',
    filter: 'range',
    sortable: true,
    csv: 'Credit limit',
    inheritable: true,
  },
  openingBalance: {
    type: 'money',
    default: '0.00',
    scope: 'payments:write',
    creationOnly: true,
    description: 'Initial live balance, recorded as an adjustment with the id `opening`',
    example: '120.00',
  },
  paymentTermsId: {
    type: 'reference',
    to: 'payment_terms',
    nullable: true,
    filter: 'equals',
    massEditable: true,
    inheritable: true,
  },
  routingPlan: {
    type: 'text',
    max: 100,
    nullable: true,
    forSwitch: true,
    description: 'Name of its routing plan in the switch',
    example: 'Premium',
    filter: 'begins',
    sortable: true,
    csv: 'Routing plan',
    inheritable: true,
  },
  originationCapacity: {
    type: 'integer',
    min: 0,
    max: 100_000,
    nullable: true,
    empty: 'unlimited',
    description: 'Simultaneous calls from it, while `lowBalanceCapacity` does not apply; null: unlimited',
    example: 30,
    filter: 'equals',
    sortable: true,
    csv: 'Origination capacity',
    inheritable: true,
  },
} as const satisfies Readonly<Record<string, ClientFieldSpec>>;
