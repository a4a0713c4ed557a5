import { isGrpcServiceError, WorkflowNotFoundError, type Client } from '@temporalio/client';

const notFound = 5;

/**
 * Ends the open run of a workflow, and deletes all of its executions that Temporal still keeps. May be repeated.
 *
 * @returns how many were deleted
 */
export async function removeExecutions(client: Client, namespace: string, workflowId: string): Promise<number> {
  await unlessGone(() => client.workflow.getHandle(workflowId).terminate('the client was removed'));
  const removed = new Set<string>();
  const remove = async (runId: string): Promise<void> => {
    if (removed.has(runId)) return;
    const workflowExecution = { workflowId, runId };
    if (await unlessGone(() => client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution }))) {
      removed.add(runId);
    }
  };
  // The newest first: the list shows it a little later than it began.
  await unlessGone(async () => remove((await client.workflow.getHandle(workflowId).describe()).runId));
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = "${workflowId}"` })) await remove(runId);
  return removed.size;
}

/** @returns false: it is not there (any more) */
async function unlessGone(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || (isGrpcServiceError(error) && error.code === notFound)) return false;
    throw error;
  }
}
