import { anyJobKindNames } from '../../../domain/jobs/job-kinds.js';
import { jobStatuses } from '../../../domain/jobs/job-outcomes.js';
import { jobList, jobSorts } from '../../../storage/jobs/job-list.js';
import { defineList } from '../../contract/define-list.js';
import { oneOrMore } from '../../contract/lists.js';
import { instant, line } from '../../contract/schemas.js';
import { jobJson, jobSchema } from './schema.js';

export const listJobsOperation = defineList({
  id: 'listJobs',
  path: '/v1/jobs',
  area: 'jobs',
  summary: 'List jobs',
  description: 'Those of your company and its sub-resellers. A job is kept for 90 days after it ended.',
  scope: 'jobs:read',
  filters: {
    status: oneOrMore(jobStatuses).optional(),
    kind: oneOrMore(anyJobKindNames).optional(),
    startedBy: line(200).optional().openapi({ example: 'user:3' }),
    from: instant.optional().openapi({ description: 'Started then or later' }),
    to: instant.optional().openapi({ description: 'Started before then' }),
  },
  sorts: jobSorts,
  order: '-id',
  page: 'A page of jobs, newest first',
  item: jobSchema,
  rows: (q, { filter, caller }) => jobList(q, caller.resellerId, filter),
  toJson: (row) => jobJson(row),
  csv: {
    id: 'exportJobs',
    name: 'jobs',
    what: 'jobs',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      kind: { header: 'Kind', value: ({ kind }) => kind },
      status: { header: 'Status', value: ({ status }) => status },
      rows: { header: 'Rows', value: ({ rows }) => ({ number: rows }) },
      pending: { header: 'Pending', value: ({ counts }) => ({ number: counts.pending }) },
      done: { header: 'Done', value: ({ counts }) => ({ number: counts.done }) },
      unchanged: { header: 'Unchanged', value: ({ counts }) => ({ number: counts.unchanged }) },
      refused: { header: 'Refused', value: ({ counts }) => ({ number: counts.refused }) },
      conflict: { header: 'Conflict', value: ({ counts }) => ({ number: counts.conflict }) },
      failed: { header: 'Failed', value: ({ counts }) => ({ number: counts.failed }) },
      canceled: { header: 'Canceled', value: ({ counts }) => ({ number: counts.canceled }) },
      startedBy: { header: 'Started by', value: ({ startedBy }) => startedBy },
      startedByName: { header: 'Started by (name)', value: ({ startedByName }) => startedByName },
      createdAt: { header: 'Started', value: ({ createdAt }) => createdAt },
      endedAt: { header: 'Ended', value: ({ endedAt }) => endedAt },
      reason: { header: 'Reason', value: ({ reason }) => reason },
    },
  },
});
