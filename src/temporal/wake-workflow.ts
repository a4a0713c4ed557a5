import type { Client } from '@temporalio/client';
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
  await client.workflow.signalWithStart(type, {
    workflowId,
    taskQueue: monitorQueue,
    args: [input],
    signal,
    signalArgs: [],
    staticSummary,
  });
}
