import type { ClientFieldSpec } from './spec.js';

/** Whether and how it is sent its rates. */
export const rateNotificationFields = {
  rateNotification: {
    type: 'flag',
    default: false,
    description: 'New rates are sent to it automatically',
    filter: 'equals',
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
    csv: 'Rate notification type',
    inheritable: true,
  },
} as const satisfies Readonly<Record<string, ClientFieldSpec>>;
