import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import { rateNotificationChanged, rateNotificationWorkflowType } from '../contract/rate-notifications.js';
import { cardPaymentChanged, cardPaymentWorkflowType } from '../contract/card-payments.js';
import { creditRequestChanged, creditRequestWorkflowType } from '../contract/credit-requests.js';
import {
  cardPaymentWorkflowId,
  rateNotificationWorkflowId,
  creditRequestWorkflowId,
  jobWorkflowId,
  monitorQueue,
  monitorWorkflowId,
  resendWorkflowId,
  resendWorkflowType,
} from '../contract/ids.js';
import { jobChanged, jobWorkflowType } from '../contract/jobs.js';
import * as messages from '../contract/messages.js';
import type { CheckNowResult } from '../contract/monitor-requests.js';
import type { Explanation } from '../domain/monitoring/explain.js';
import { DomainError } from '../domain/errors.js';
import { withoutEndSlash } from '../domain/urls.js';
import type { Sql } from '../storage/system/database.js';
import { isUpdateRecorded } from '../storage/system/audit/audit.js';
import { readClientOwner } from '../storage/clients/clients.js';
import { readMonitorRow } from '../storage/monitoring/monitor-read.js';
import { answered, changed, read } from './answers.js';
import { TemporalUnavailable, type MonitorRun, type TemporalGateway } from './gateway.js';
import { removeExecutions } from './remove-executions.js';
import { createTaskControl } from './task-control.js';
import { wakeWorkflow } from './wake-workflow.js';
import { signalMonitor, startWithSignal, type MonitoredClient } from './start-monitor.js';

interface GatewayOptions {
  readonly client: Client;
  readonly sql: Sql;
  readonly namespace: string;
  /** null: links to Temporal's pages are not known */
  readonly uiUrl: string | null;
  /** longest wait for an answer; default 8 s, so that the API has time left to answer from the database */
  readonly answerWithinMs?: number;
}

/** The gateway on a real Temporal client. */
export function createGateway(options: GatewayOptions): TemporalGateway {
  const { client, sql } = options;
  const withinMs = options.answerWithinMs ?? 8000;

  /** Asks a monitor, and starts it first where it does not run. */
  async function update<R, A>(
    definition: UpdateDefinition<R, [A]>,
    clientId: string,
    input: A,
    updateId: string,
  ): Promise<R> {
    const monitored = await clientOf(sql, clientId);
    return changed(client, withinMs, () =>
      client.workflow.executeUpdateWithStart(definition, {
        args: [input],
        startWorkflowOperation: startWithSignal(monitored),
        updateId,
      }),
    );
  }

  /**
   * An update that is known by its audit row: a run that has ended since takes it with it, and the next one would carry
   * it out once more.
   *
   * @param outcomeNow what an update that is recorded has led to
   */
  async function recordedUpdate<R, A extends { readonly requestId?: string }>(
    definition: UpdateDefinition<R, [A]>,
    clientId: string,
    input: A,
    updateId: string,
    outcomeNow: () => Promise<R | null>,
  ): Promise<R | null> {
    if (await isUpdateRecorded(sql, clientId, updateId)) return outcomeNow();
    return update(definition, clientId, { ...input, requestId: updateId }, updateId);
  }

  const explain = (clientId: string): Promise<Explanation> =>
    read(client, withinMs, () => client.workflow.getHandle(monitorWorkflowId(clientId)).query(messages.explain));

  const explainNow = (clientId: string): Promise<Explanation | null> =>
    explain(clientId).catch((error: unknown) => {
      if (error instanceof TemporalUnavailable) return null;
      throw error;
    });

  const wake = (
    ...wanted: Parameters<typeof wakeWorkflow> extends [Client, ...infer Rest] ? Rest : never
  ): Promise<void> => answered(client, withinMs, () => wakeWorkflow(client, ...wanted));

  return {
    async checkNow(clientId, input, updateId) {
      const result = await recordedUpdate(messages.checkNow, clientId, input, updateId, () => lastCheck(sql, clientId));
      if (!result) throw new TemporalUnavailable('the monitor did not return the result of the check');
      return result;
    },
    // The database knows these by their request id.
    grantCredit: (clientId, input, updateId) => update(messages.grantCredit, clientId, input, updateId),
    changeGrant: (clientId, input, updateId) => update(messages.changeGrant, clientId, input, updateId),
    cancelGrant: (clientId, input, updateId) => update(messages.cancelGrant, clientId, input, updateId),
    resetRule: (clientId, input, updateId) =>
      recordedUpdate(messages.resetRule, clientId, input, updateId, () => explainNow(clientId)),
    silence: (clientId, input, updateId) =>
      recordedUpdate(messages.silence, clientId, input, updateId, () => explainNow(clientId)),
    pause: (clientId, input, updateId) =>
      recordedUpdate(messages.pause, clientId, input, updateId, () => explainNow(clientId)),
    resume: (clientId, input, updateId) =>
      recordedUpdate(messages.resume, clientId, input, updateId, () => explainNow(clientId)),

    removeMonitor: (clientId) => removeExecutions(client, options.namespace, monitorWorkflowId(clientId)),
    async removeResends(deliveryIds) {
      for (const id of deliveryIds) await removeExecutions(client, options.namespace, resendWorkflowId(id));
    },

    explain,

    describe: (clientId) =>
      read(client, withinMs, async (): Promise<MonitorRun | null> => {
        try {
          const run = await client.workflow.getHandle(monitorWorkflowId(clientId)).describe();
          return {
            status: statusOf(run.status.name),
            runId: run.runId,
            startedAt: run.startTime.toISOString(),
            historyLength: run.historyLength,
          };
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return null;
          throw error;
        }
      }),

    start: (clientId, resellerId) =>
      answered(client, withinMs, () => signalMonitor(client, { clientId, resellerId }, 'configurationChanged')),

    restart: (clientId, input) =>
      answered(client, withinMs, async () => {
        try {
          await client.workflow.getHandle(monitorWorkflowId(clientId)).terminate(`restarted: ${input.reason}`);
        } catch (error) {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        }
        await signalMonitor(client, { clientId, resellerId: input.resellerId }, 'configurationChanged');
      }),

    resend: (deliveryId, input) =>
      answered(client, withinMs, async () => {
        try {
          await client.workflow.start(resendWorkflowType, {
            workflowId: resendWorkflowId(deliveryId),
            taskQueue: monitorQueue,
            args: [{ deliveryId, requestedBy: input.actor.id }],
            staticSummary: `Resends delivery ${deliveryId}`,
          });
        } catch (error) {
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
          throw new DomainError('conflict', 'this delivery is already being resent. Wait until it ends');
        }
      }),

    wakeJob: (jobId) => wake(jobWorkflowType, jobWorkflowId(jobId), { jobId }, jobChanged, `Carries out job ${jobId}`),

    wakeCreditRequest: (creditRequestId) =>
      wake(
        creditRequestWorkflowType,
        creditRequestWorkflowId(creditRequestId),
        { creditRequestId },
        creditRequestChanged,
        `Waits for the decision about credit request ${creditRequestId}`,
      ),

    wakeCardPayment: (cardPaymentId) =>
      wake(
        cardPaymentWorkflowType,
        cardPaymentWorkflowId(cardPaymentId),
        { cardPaymentId },
        cardPaymentChanged,
        `Makes card payment ${cardPaymentId}`,
      ),

    wakeRateNotification: (rateNotificationId) =>
      wake(
        rateNotificationWorkflowType,
        rateNotificationWorkflowId(rateNotificationId),
        { rateNotificationId },
        rateNotificationChanged,
        `Sends rate notification ${rateNotificationId}`,
      ),

    ...createTaskControl(client, (call) => answered(client, withinMs, call)),

    ping: () => answered(client, 3000, async () => void (await client.workflowService.getSystemInfo({}))),

    uiUrl: (clientId) =>
      options.uiUrl === null
        ? null
        : `${withoutEndSlash(options.uiUrl)}/namespaces/${encodeURIComponent(options.namespace)}/workflows/${encodeURIComponent(monitorWorkflowId(clientId))}`,
  };
}

/** What the last check of the client said, a manual one that was just recorded or a later one. */
async function lastCheck(sql: Sql, clientId: string): Promise<CheckNowResult | null> {
  const row = await readMonitorRow(sql, clientId, Date.now());
  if (!row?.lastCheckAt) return null;
  const { lastCheckAt, state, available, verdicts } = row;
  return { at: lastCheckAt.getTime(), state, available, verdicts };
}

async function clientOf(sql: Sql, clientId: string): Promise<MonitoredClient> {
  const row = await readClientOwner(sql, clientId);
  if (!row) throw new DomainError('not_found', 'client not found');
  if (row.status === 'deleted') throw new DomainError('client_deleted', 'the client is deleted');
  return { clientId, resellerId: row.resellerId };
}

const statuses: Readonly<Record<string, MonitorRun['status']>> = {
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  TERMINATED: 'terminated',
  TIMED_OUT: 'timed_out',
  CONTINUED_AS_NEW: 'continued',
};

function statusOf(name: string): MonitorRun['status'] {
  return statuses[name] ?? 'failed';
}
