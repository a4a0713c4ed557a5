import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import { monitorQueue } from '../contract/ids.js';

/** Starts a workflow whose row says what it must do, or has it read the row once more. */
export async function wakeWorkflow(
  client: Client,
  type: string,
  workflowId: string,
  input: object,
  signal: SignalDefinition,
  staticSummary: string,
): Promise<void> {
  const wake = () =>
    client.workflow.signalWithStart(type, {
      workflowId,
      taskQueue: monitorQueue,
      args: [input],
      signal,
      signalArgs: [],
      staticSummary,
    });
  try {
    await wake();
  } catch (error) {
    // Another call started it at the same moment, after this one had found nothing to signal: it runs now.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    await wake();
  }
}
