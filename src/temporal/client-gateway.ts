import {
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure, type UpdateDefinition } from '@temporalio/common';
import { monitorQueue, monitorWorkflowId, resendWorkflowId, resendWorkflowType } from '../contract/ids.js';
import * as messages from '../contract/messages.js';
import { DomainError, isFailureCode } from '../domain/errors.js';
import type { Sql } from '../storage/database.js';
import { writeAudit } from '../storage/audit.js';
import { TemporalUnavailable, type MonitorRun, type TemporalGateway } from './gateway.js';
import { signalMonitor, startWithSignal, type MonitoredClient } from './start-monitor.js';

export interface GatewayOptions {
  readonly client: Client;
  readonly sql: Sql;
  readonly namespace: string;
  /** null: links to Temporal's pages are not known */
  readonly uiUrl: string | null;
  /** longest wait for an answer; default 10 s */
  readonly answerWithinMs?: number;
}

/** The gateway on a real Temporal client. */
export function createGateway(options: GatewayOptions): TemporalGateway {
  const { client, sql } = options;
  const withinMs = options.answerWithinMs ?? 10_000;

  /** Asks a monitor, and starts it first where it does not run. */
  async function update<R, A>(
    definition: UpdateDefinition<R, [A]>,
    clientId: string,
    input: A,
    updateId?: string,
  ): Promise<R> {
    return answered(client, withinMs, async () => {
      const monitored = await clientOf(sql, clientId);
      return client.workflow.executeUpdateWithStart(definition, {
        args: [input],
        startWorkflowOperation: startWithSignal(monitored),
        ...(updateId !== undefined && { updateId }),
      });
    });
  }

  return {
    checkNow: (clientId, input) => update(messages.checkNow, clientId, input),
    grantCredit: (clientId, input) => update(messages.grantCredit, clientId, input, input.requestId),
    changeGrant: (clientId, input) => update(messages.changeGrant, clientId, input, input.requestId),
    cancelGrant: (clientId, input) => update(messages.cancelGrant, clientId, input, input.requestId),
    resetRule: (clientId, input) => update(messages.resetRule, clientId, input),
    silence: (clientId, input) => update(messages.silence, clientId, input),
    pause: (clientId, input) => update(messages.pause, clientId, input),
    resume: (clientId, input) => update(messages.resume, clientId, input),

    explain: (clientId) =>
      read(client, withinMs, () => client.workflow.getHandle(monitorWorkflowId(clientId)).query(messages.explain)),

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
        await writeAudit(sql, {
          actor: input.actor.id,
          source: input.actor.source,
          action: 'monitor.restart',
          subjectType: 'monitor',
          subjectId: clientId,
          clientId,
          reason: input.reason,
          before: null,
          after: null,
          ...(input.actor.requestId !== undefined && { requestId: input.actor.requestId }),
        });
      }),

    resend: (notificationId, input) =>
      answered(client, withinMs, async () => {
        try {
          await client.workflow.start(resendWorkflowType, {
            workflowId: resendWorkflowId(notificationId),
            taskQueue: monitorQueue,
            args: [{ notificationId, requestedBy: input.actor.id }],
            staticSummary: `Sends notification ${notificationId} once more`,
          });
        } catch (error) {
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
          throw new DomainError('conflict', 'this mail is being sent once more already: wait until that has ended');
        }
      }),

    ping: () => answered(client, 3000, async () => void (await client.workflowService.getSystemInfo({}))),

    uiUrl: (clientId) =>
      options.uiUrl === null
        ? null
        : `${options.uiUrl.replace(/\/$/, '')}/namespaces/${encodeURIComponent(options.namespace)}/workflows/${encodeURIComponent(monitorWorkflowId(clientId))}`,
  };
}

/** Gives the call its deadline, and tells refusals from a Temporal that does not answer. */
async function answered<T>(client: Client, withinMs: number, call: () => Promise<T>): Promise<T> {
  try {
    return await client.withDeadline(Date.now() + withinMs, call);
  } catch (error) {
    throw plainError(error);
  }
}

/**
 * As `answered`, for what only reads: whatever keeps the monitor from answering (no worker, a workflow task that fails, a
 * query that is rejected, no such workflow), the caller has the read model to go by.
 */
async function read<T>(client: Client, withinMs: number, call: () => Promise<T>): Promise<T> {
  try {
    return await answered(client, withinMs, call);
  } catch (error) {
    if (error instanceof TemporalUnavailable) throw error;
    throw new TemporalUnavailable('the monitor cannot answer now', undefined, { cause: error });
  }
}

function plainError(error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure)
    return refusal(error.cause);
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
    return new TemporalUnavailable('the monitor did not answer in time');
  if (error instanceof WorkflowNotFoundError) return new TemporalUnavailable('the monitor does not run yet');
  if (isGrpcServiceError(error)) return new TemporalUnavailable('Temporal does not answer');
  if (error instanceof Error && error.cause !== undefined && isGrpcServiceError(error.cause)) {
    return new TemporalUnavailable('Temporal does not answer');
  }
  return error;
}

function refusal(failure: ApplicationFailure): Error {
  const code = failure.type ?? '';
  if (code === 'monitor_unavailable' || !isFailureCode(code)) return new TemporalUnavailable(failure.message);
  const [detail] = (failure.details ?? []) as readonly { readonly pointer?: string }[];
  return new DomainError(code, failure.message, detail?.pointer ?? '');
}

async function clientOf(sql: Sql, clientId: string): Promise<MonitoredClient> {
  const [row] = await sql<{ resellerId: string; status: string }[]>`
    select reseller_id as "resellerId", status from clients where id = ${clientId}`;
  if (!row) throw new DomainError('not_found', 'there is no such client');
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
