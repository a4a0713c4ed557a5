import type { ClientFieldSpec } from './spec.js';

/** Whether its invoices are made without being asked for. */
export const autoinvoicingFields = {
  autoinvoicing: {
    type: 'flag',
    default: false,
    description: 'Invoices are created automatically',
    filter: 'equals',
    csv: 'Autoinvoicing',
  },
} as const satisfies Readonly<Record<string, ClientFieldSpec>>;
