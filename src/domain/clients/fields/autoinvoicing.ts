import type { ClientFieldSpec } from './spec.js';

/** Whether its invoices are made without being asked for, and what they look like. */
export const autoinvoicingFields = {
  autoinvoicing: {
    type: 'flag',
    default: false,
    description: 'Invoices are created automatically',
    filter: 'equals',
    sortable: true,
    csv: 'Autoinvoicing',
    inheritable: true,
  },
  invoiceTemplateId: {
    type: 'reference',
    to: 'invoice_template',
    nullable: true,
    description: 'What its invoices look like; null: the built-in layout in the client’s language',
    filter: 'equals',
    inheritable: true,
  },
  autoinvoicingDelayHours: {
    type: 'integer',
    min: 0,
    max: 72,
    default: 6,
    switchedBy: 'autoinvoicing',
    description: 'Hours after the end of a period until it is invoiced, for charges that arrive late',
    example: 6,
    filter: 'equals',
    sortable: true,
    csv: 'Autoinvoicing delay (hours)',
  },
} as const satisfies Readonly<Record<string, ClientFieldSpec>>;
