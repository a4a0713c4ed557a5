import type { ClientFieldSpec } from './spec.js';

/** What concerns events that the switch sends to it. */
export const terminatorFields = {
  terminationRateTableId: {
    type: 'reference',
    to: 'rate_table',
    nullable: true,
    description: 'Rates of calls to it',
    filter: 'equals',
    inheritable: true,
  },
  terminationCapacity: {
    type: 'integer',
    min: 0,
    max: 100_000,
    nullable: true,
    empty: 'unlimited',
    forSwitch: true,
    description: 'Simultaneous calls to it; null: unlimited',
    example: 60,
    filter: 'equals',
    sortable: true,
    csv: 'Termination capacity',
    inheritable: true,
  },
} as const satisfies Readonly<Record<string, ClientFieldSpec>>;
