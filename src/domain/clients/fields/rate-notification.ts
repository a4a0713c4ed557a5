import type { ClientFieldSpec } from './spec.js';

/** Whether and how it is sent its rates. */
export const rateNotificationFields = {
  rateNotification: {
    type: 'flag',
    default: false,
    description: 'New rates are sent to it automatically',
    filter: 'equals',
    sortable: true,
    csv: 'Rate notification',
    inheritable: true,
  },
  rateNotificationFormat: {
    type: 'choice',
    values: ['xlsx', 'csv'],
    default: 'xlsx',
    switchedBy: 'rateNotification',
    description: 'File format of rate notifications',
    filter: 'equals',
    sortable: true,
    csv: 'Rate notification format',
    inheritable: true,
  },
  rateNotificationType: {
    type: 'choice',
    values: ['all', 'changed'],
    default: 'all',
    switchedBy: 'rateNotification',
    description: '`all`: the full list of rates; `changed`: only changed rates',
    filter: 'equals',
    sortable: true,
    csv: 'Rate notification type',
    inheritable: true,
  },
  rateNotificationUnique: {
    type: 'flag',
    default: true,
    switchedBy: 'rateNotification',
    description: 'Only the last rate of each code, time profile, and policy is sent; else all that are not over',
    filter: 'equals',
    sortable: true,
    csv: 'Unique rates',
    inheritable: true,
  },
  agreementId: {
    type: 'reference',
    to: 'agreement',
    nullable: true,
    description: 'When it is notified, and how long before rates take effect; null: as its rate table says',
    filter: 'equals',
    inheritable: true,
  },
} as const satisfies Readonly<Record<string, ClientFieldSpec>>;
