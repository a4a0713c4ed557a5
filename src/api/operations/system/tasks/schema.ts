import type { TaskState } from '../../../../contract/tasks.js';
import { taskNames } from '../../../../domain/system/tasks.js';
import { timeString } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

/** The Schedules of the fleet (docs/operations.md#tasks). */

export const taskName = z.enum(taskNames).openapi({
  description:
    '`balance-thresholds`: the balance threshold controller of companies · `autoinvoicing`: invoices of periods that have ' +
    'ended · `due-invoices`: reminders and overdue invoices · `digests`: daily digests for staff · `bounces`: emails that came back, where a mailbox for them is set · `reconcile`: monitors that are missing or overdue · ' +
    '`retention`: removes what is only kept for a while',
});

export const taskParams = z.strictObject({ task: taskName });

const runSchema = z
  .strictObject({
    runId: z.string(),
    startedAt: timeString,
    endedAt: timeString.nullable(),
    status: z.enum(['running', 'completed', 'failed', 'stopped']),
    found: z
      .record(z.string(), z.int())
      .nullable()
      .openapi({
        description: 'What it found and did, by name; null: it has not completed',
        example: { checked: 12, low: 1 },
      }),
    failure: z.string().nullable(),
  })
  .openapi('TaskRun');

export const taskSchema = z
  .strictObject({
    task: taskName,
    everySeconds: z.int(),
    paused: z.boolean(),
    note: z.string().nullable().openapi({ description: 'Why it was paused or resumed last' }),
    nextRunAt: timeString.nullable().openapi({ description: 'null: it is paused' }),
    runs: z.array(runSchema).openapi({ description: 'The last ones, newest first' }),
  })
  .openapi('Task');

export function taskJson({ isPaused, ...state }: TaskState): z.output<typeof taskSchema> {
  return {
    task: state.task,
    everySeconds: state.everySeconds,
    paused: isPaused,
    note: state.note,
    nextRunAt: state.nextRunAt,
    runs: state.runs.map((run) => ({ ...run, found: run.found && { ...run.found } })),
  };
}
