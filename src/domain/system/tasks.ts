import { DomainError } from '../errors.js';

/** The Schedules of the fleet, which users see and change as tasks (docs/operations.md#tasks). */
export const taskNames = [
  'balance-thresholds',
  'autoinvoicing',
  'due-invoices',
  'digests',
  'reconcile',
  'retention',
] as const;
export type TaskName = (typeof taskNames)[number];

export const minTaskSeconds = 60;
export const maxTaskSeconds = 7 * 24 * 3600;

export function isTaskName(text: string): text is TaskName {
  return (taskNames as readonly string[]).includes(text);
}

/** @throws DomainError `not_found` */
export function requireTaskName(text: string): TaskName {
  if (isTaskName(text)) return text;
  throw new DomainError('not_found', `there is no task ${text.slice(0, 40)}`, '/path/task');
}
