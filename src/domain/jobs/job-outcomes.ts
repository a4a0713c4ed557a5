import { failureCodes, type FailureCode } from '../errors.js';

/**
 * Outcomes of a job's rows.
 *
 * pending → done, unchanged, refused, conflict, failed, canceled. `conflict`: the client was changed after the preview,
 * and the row has left it alone. A retry returns `refused` and `failed` to `pending`, and after another preview `conflict`.
 * A row in progress when the job is canceled still gets its own outcome.
 */
export const rowOutcomes = ['pending', 'done', 'unchanged', 'refused', 'conflict', 'failed', 'canceled'] as const;
export type RowOutcome = (typeof rowOutcomes)[number];

/** What a retry takes up again; after a preview of the retry `conflict` too. */
export const retriedOutcomes = ['refused', 'failed'] as const satisfies readonly RowOutcome[];
export const previewedOutcomes = ['refused', 'conflict', 'failed'] as const satisfies readonly RowOutcome[];

export const jobStatuses = ['running', 'finished', 'canceled'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/**
 * Why a row was refused or failed: as the single request would be refused, or because the starter of the job has lost
 * the right (`scope_missing`, `actor_disabled`), because too many
 * periods are not invoiced (`too_many_missed`), because the client was changed after the preview
 * (`changed_since_preview`), or because the outcome is not known (`outcome_pending`, `internal`).
 */
export const rowProblems = [
  ...failureCodes,
  'scope_missing',
  'actor_disabled',
  'outcome_pending',
  'too_many_missed',
  'changed_since_preview',
  'internal',
] as const satisfies readonly (FailureCode | string)[];
export type RowProblem = (typeof rowProblems)[number];
