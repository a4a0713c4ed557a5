import { WithStartWorkflowOperation, type Client } from '@temporalio/client';
import { TypedSearchAttributes, type SignalDefinition } from '@temporalio/common';
import { monitorQueue, monitorWorkflowId } from '../contract/ids.js';
import { balanceChanged, configurationChanged, monitorWorkflowType, refilled } from '../contract/messages.js';
import type { MonitorInput } from '../contract/monitor.js';
import { lowwaterClient, lowwaterReseller, lowwaterState } from '../contract/search-attributes.js';

export interface MonitoredClient {
  readonly clientId: string;
  readonly resellerId: string | null;
}

type Poke = 'refilled' | 'balanceChanged' | 'configurationChanged';

/** Signals a client's monitor, and starts it where it does not run. Resolves once Temporal keeps the signal. */
export async function pokeMonitor(client: Client, monitored: MonitoredClient, poke: Poke): Promise<void> {
  const signal = poke === 'refilled' ? refilled : poke === 'balanceChanged' ? balanceChanged : configurationChanged;
  await client.workflow.signalWithStart<MonitorWorkflow, []>(monitorWorkflowType, {
    ...startOptions(monitored),
    signal: signal as SignalDefinition<[]>,
    signalArgs: [],
  });
}

/** For an update to a monitor that may not run yet. */
export function startWith(monitored: MonitoredClient): WithStartWorkflowOperation<MonitorWorkflow> {
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
