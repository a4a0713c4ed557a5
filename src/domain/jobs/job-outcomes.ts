import { failureCodes, type FailureCode } from '../errors.js';

/**
 * Outcomes of a job's rows.
 *
 * pending → done, unchanged, refused, failed, canceled. A retry returns `refused` and `failed` to `pending`. A row in
 * progress when the job is canceled still gets its own outcome.
 */
export const rowOutcomes = ['pending', 'done', 'unchanged', 'refused', 'failed', 'canceled'] as const;
export type RowOutcome = (typeof rowOutcomes)[number];

/** What a retry takes up again. */
export const retriedOutcomes = ['refused', 'failed'] as const satisfies readonly RowOutcome[];

export const jobStatuses = ['running', 'finished', 'canceled'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/**
 * Why a row was refused or failed: as the single request would be refused, or because the starter of the job has lost
 * the right (`scope_missing`, `actor_disabled`), because too many
 * periods are not invoiced (`too_many_missed`), or because the outcome is not known (`outcome_pending`, `internal`).
 */
export const rowProblems = [
  ...failureCodes,
  'scope_missing',
  'actor_disabled',
  'outcome_pending',
  'too_many_missed',
  'internal',
] as const satisfies readonly (FailureCode | string)[];
export type RowProblem = (typeof rowProblems)[number];
