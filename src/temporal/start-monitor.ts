import { WithStartWorkflowOperation, type Client } from '@temporalio/client';
import { TypedSearchAttributes, type SignalDefinition } from '@temporalio/common';
import { monitorQueue, monitorWorkflowId } from '../contract/ids.js';
import { balanceChanged, configurationChanged, monitorWorkflowType } from '../contract/messages.js';
import type { MonitorInput } from '../contract/monitor.js';
import { lowwaterClient, lowwaterReseller, lowwaterState } from '../contract/search-attributes.js';
import type { SignalKind } from '../storage/monitoring/outbox.js';

export interface MonitoredClient {
  readonly clientId: string;
  readonly resellerId: string | null;
}

/** Signals a client's monitor, and starts it where it does not run. Resolves once Temporal has accepted the signal. */
export async function signalMonitor(client: Client, monitored: MonitoredClient, kind: SignalKind): Promise<void> {
  const signal = kind === 'balanceChanged' ? balanceChanged : configurationChanged;
  await client.workflow.signalWithStart<MonitorWorkflow, []>(monitorWorkflowType, {
    ...startOptions(monitored),
    signal: signal as SignalDefinition<[]>,
    signalArgs: [],
  });
}

/** For an update to a monitor that may not run yet. */
export function startWithSignal(monitored: MonitoredClient): WithStartWorkflowOperation<MonitorWorkflow> {
  return new WithStartWorkflowOperation(monitorWorkflowType, {
    ...startOptions(monitored),
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
}

type MonitorWorkflow = (input: MonitorInput) => Promise<void>;

function startOptions({ clientId, resellerId }: MonitoredClient): {
  workflowId: string;
  taskQueue: string;
  args: [MonitorInput];
  typedSearchAttributes: TypedSearchAttributes;
  staticSummary: string;
} {
  return {
    workflowId: monitorWorkflowId(clientId),
    taskQueue: monitorQueue,
    args: [{ clientId, ...(resellerId !== null && { resellerId }) }],
    typedSearchAttributes: new TypedSearchAttributes([
      { key: lowwaterState, value: 'unknown' },
      { key: lowwaterClient, value: clientId },
      ...(resellerId === null ? [] : [{ key: lowwaterReseller, value: resellerId }]),
    ]),
    staticSummary: `Monitors the balance of client ${clientId}`,
  };
}
