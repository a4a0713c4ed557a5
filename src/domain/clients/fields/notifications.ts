import type { ClientFieldSpec } from './spec.js';

/** When it is notified. */
export const notificationFields = {
  profileId: {
    type: 'reference',
    to: 'profile',
    nullable: true,
    filter: 'equals',
    massEditable: true,
    inheritable: true,
  },
  checkEveryMinutes: {
    type: 'integer',
    min: 1,
    max: 527_040,
    default: 60,
    description: 'Check interval in minutes, used only without a profile',
    example: 60,
  },
  warningThresholds: {
    type: 'thresholds',
    default: [],
    description:
      'Warning thresholds: amounts, for postpaid clients also percentages such as `75%`; a list, or one comma-separated string with decimal points',
    example: ['75%', '950.00'],
  },
  notifyClient: {
    type: 'flag',
    default: false,
    description: 'Emails the billing email once when available falls below `lowBalanceThreshold`',
    filter: 'equals',
    sortable: true,
    csv: 'Notify client',
    inheritable: true,
  },
  notifyAdmin: {
    type: 'flag',
    default: false,
    description: 'Adds the event `client.low` to the events log when available falls below `lowBalanceThreshold`',
    filter: 'equals',
    sortable: true,
    csv: 'Notify admin',
    inheritable: true,
  },
  lowBalanceThreshold: {
    type: 'money',
    nullable: true,
    description: 'The client’s own low balance threshold, in its currency; may be negative; null: none',
    example: '5.00',
    filter: 'range',
    sortable: true,
    csv: 'Low balance threshold',
    inheritable: true,
  },
  lowBalanceCapacity: {
    type: 'integer',
    min: 0,
    max: 100_000,
    nullable: true,
    description: 'Origination capacity that applies below `lowBalanceThreshold`; null: the normal capacity',
    example: 1,
    filter: 'equals',
    sortable: true,
    csv: 'Low balance capacity',
    inheritable: true,
  },
  lowBalanceRestoreAt: {
    type: 'money',
    nullable: true,
    description:
      'Available balance at which the normal capacity applies again, at `lowBalanceThreshold` or above; null: at ' +
      '`lowBalanceThreshold`',
    example: '10.00',
    filter: 'range',
    sortable: true,
    csv: 'Restore capacity at',
    inheritable: true,
  },
} as const satisfies Readonly<Record<string, ClientFieldSpec>>;
