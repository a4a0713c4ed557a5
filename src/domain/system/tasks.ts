/** The Schedules of the fleet, which users see and change as tasks (docs/operations.md#tasks). */
export const taskNames = [
  'balance-thresholds',
  'autoinvoicing',
  'due-invoices',
  'digests',
  'bounces',
  'reconcile',
  'retention',
] as const;
export type TaskName = (typeof taskNames)[number];

export const minTaskSeconds = 60;
export const maxTaskSeconds = 7 * 24 * 3600;
