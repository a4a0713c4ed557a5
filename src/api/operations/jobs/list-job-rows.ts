import { anyJobKindNames } from '../../../domain/jobs/job-kinds.js';
import { rowOutcomes, rowProblems } from '../../../domain/jobs/job-outcomes.js';
import { jobResultList, jobResultSorts } from '../../../storage/jobs/job-list.js';
import { defineList } from '../../contract/define-list.js';
import { oneOrMore } from '../../contract/lists.js';
import { idText, line, orNull, reference, timeOrNull, timeString } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

const jobRowSchema = z
  .strictObject({
    id: idText,
    jobId: idText,
    kind: z.enum(anyJobKindNames),
    position: z.int().openapi({ description: 'From 1, in the order of the job' }),
    clientId: idText
      .nullable()
      .openapi({ description: 'null: the row has created no client, or the client was removed completely' }),
    clientName: z
      .string()
      .nullable()
      .openapi({ description: 'null: you cannot see the client now, or it was removed' }),
    outcome: z.enum(rowOutcomes),
    problem: orNull(
      z
        .strictObject({
          code: z.enum(rowProblems),
          detail: z.string().openapi({ description: 'As a single request would be answered, in English' }),
        })
        .openapi('JobRowProblem'),
    ).openapi({ description: 'Why the row was refused or failed; null: it was not' }),
    report: z.string().nullable().openapi({ description: 'What the row says of its work, in English; null: nothing' }),
    endedAt: timeString.nullable(),
  })
  .openapi('JobRow');

export const listJobRowsOperation = defineList({
  id: 'listJobRows',
  path: '/v1/job-rows',
  area: 'jobs',
  summary: 'List rows of jobs',
  description: 'One for each client of a job, with its outcome.',
  scope: 'jobs:read',
  filters: {
    jobId: reference.optional(),
    clientId: reference.optional(),
    outcome: oneOrMore(rowOutcomes).optional(),
    q: line(200).optional().openapi({ description: 'Within name or id of the client, without case' }),
  },
  sorts: jobResultSorts,
  order: 'id',
  page: 'A page of rows',
  item: jobRowSchema,
  rows: (q, { filter, caller }) => jobResultList(q, caller.resellerId, filter),
  toJson: (row) => ({
    id: row.id,
    jobId: row.jobId,
    kind: row.kind,
    position: row.number,
    clientId: row.clientId,
    clientName: row.clientName,
    outcome: row.outcome,
    problem: row.problem && { code: row.problem, detail: row.detail ?? '' },
    report: row.problem ? null : row.detail,
    endedAt: timeOrNull(row.endedAt),
  }),
  csv: {
    id: 'exportJobRows',
    name: 'job-rows',
    what: 'rows of jobs',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      jobId: { header: 'Job ID', value: ({ jobId }) => ({ number: jobId }) },
      kind: { header: 'Action', value: ({ kind }) => kind },
      position: { header: 'Position', value: ({ position }) => ({ number: String(position) }) },
      clientId: { header: 'Client ID', value: ({ clientId }) => ({ number: clientId }) },
      clientName: { header: 'Client', value: ({ clientName }) => clientName },
      outcome: { header: 'Outcome', value: ({ outcome }) => outcome },
      problem: { header: 'Problem', value: ({ problem }) => problem?.code ?? null },
      detail: { header: 'Details', value: ({ problem, report }) => problem?.detail ?? report },
      endedAt: { header: 'Ended', value: ({ endedAt }) => endedAt },
    },
  },
});
