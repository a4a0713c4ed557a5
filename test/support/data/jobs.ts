import { jobActivities } from '../../../src/activities/jobs/batches.js';
import type { MonitorActions } from '../../../src/contract/monitor-actions.js';
import { testDeps } from '../monitoring/activity-deps.js';
import type { Reply, TestApi } from '../api/api.js';

/** Carries out batches of a job as a worker does, until no row is pending. @returns the job */
export async function finishJob(
  api: TestApi,
  jobId: string,
  monitors: Partial<MonitorActions> = {},
): Promise<Reply['body']> {
  for (const [method, answer] of Object.entries(monitors)) {
    api.temporal.answer(method as keyof MonitorActions, answer);
  }
  const { runJobBatch } = jobActivities(testDeps(api.context.sql, { actions: api.temporal }));
  while ((await runJobBatch({ jobId })).pending > 0);
  return (await api.get(`/v1/jobs/${jobId}`)).body;
}

/** `name: outcome problem` of each row, in the order of the job. */
export async function rowsOf(api: TestApi, jobId: string, query = ''): Promise<string[]> {
  const { body } = await api.get(`/v1/job-rows?jobId=${jobId}&limit=200${query}`);
  return body.data.map((row: { clientName: string; outcome: string; problem: { code: string } | null }) =>
    [`${row.clientName}: ${row.outcome}`, ...(row.problem ? [row.problem.code] : [])].join(' '),
  );
}
