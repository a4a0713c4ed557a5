import { setTimeout as delay } from 'node:timers/promises';
import { isGrpcServiceError, type WorkflowHandle } from '@temporalio/client';
import {
  cancelGrant,
  checkNow,
  grantCredit,
  pause,
  resetRule,
  resume,
  silence,
} from '../../../src/contract/messages.js';
import { ignoreExpectedRefusal } from '../../../src/simulate/expected-refusals.js';
import { formatInstant, scenarioActor, type ScenarioEvent } from '../../../src/simulate/scenario.js';
import type { TestClient } from './test-client.js';

/** Something that a person asks of the monitor itself. */
export type MonitorRequestEvent = Extract<
  ScenarioEvent,
  { readonly kind: 'checkNow' | 'silence' | 'pause' | 'resume' | 'resetCounter' }
>;

/** A change of temporary credit, which the monitor makes and storage can make. */
export type CreditEvent = Extract<ScenarioEvent, { readonly kind: 'temporaryCredit' | 'cancelTemporaryCredit' }>;

interface SentRequests {
  /** ids of the updates, in their order */
  readonly ids: readonly string[];
  /** resolves once the monitor has recorded or refused all of them */
  readonly answered: Promise<unknown>;
}

export function isMonitorRequest(event: ScenarioEvent): event is MonitorRequestEvent {
  const { kind } = event;
  return kind === 'checkNow' || kind === 'silence' || kind === 'pause' || kind === 'resume' || kind === 'resetCounter';
}

export function isCreditEvent(event: ScenarioEvent): event is CreditEvent {
  return event.kind === 'temporaryCredit' || event.kind === 'cancelTemporaryCredit';
}

/** Sends requests as the API does, in their order, and resolves when the server has them. */
export async function sendRequests(
  monitor: WorkflowHandle,
  client: TestClient,
  events: readonly (MonitorRequestEvent | CreditEvent)[],
  shiftMs: number,
): Promise<SentRequests> {
  const ids: string[] = [];
  const answers: Promise<void>[] = [];
  for (const event of events) {
    const grantId = event.kind === 'cancelTemporaryCredit' ? await client.openGrantId() : '';
    if (grantId === null) continue;
    const id = client.newId();
    const answer = ignoreExpectedRefusal(executeUpdate(monitor, client, event, { id, grantId, shiftMs }));
    // It is awaited later, unless something else fails before.
    answer.catch(() => undefined);
    ids.push(id);
    answers.push(answer);
    await waitUntilAdmitted(monitor, id);
  }
  return { ids, answered: Promise.all(answers) };
}

/** gRPC's status NOT_FOUND. */
const notFound = 5;
const admissionLimitMs = 30_000;

/** Waits until the server has an update that the monitor, which is held, cannot accept yet. */
async function waitUntilAdmitted(monitor: WorkflowHandle, updateId: string): Promise<void> {
  const { workflowService, options } = monitor.client;
  const endMs = performance.now() + admissionLimitMs;
  for (;;) {
    try {
      await workflowService.pollWorkflowExecutionUpdate({
        namespace: options.namespace,
        updateRef: { workflowExecution: { workflowId: monitor.workflowId }, updateId },
        // Answers at once, at whatever stage the update is.
        waitPolicy: {},
      });
      return;
    } catch (error) {
      if (!isGrpcServiceError(error) || Number(error.code) !== notFound || performance.now() > endMs) throw error;
      await delay(2);
    }
  }
}

function executeUpdate(
  monitor: WorkflowHandle,
  client: TestClient,
  event: MonitorRequestEvent | CreditEvent,
  { id, grantId, shiftMs }: { readonly id: string; readonly grantId: string; readonly shiftMs: number },
): Promise<unknown> {
  const input = { actor: scenarioActor, reason: 'scenario' };
  const updateId = id;
  switch (event.kind) {
    case 'checkNow':
      return monitor.executeUpdate(checkNow, { updateId, args: [input] });
    case 'silence': {
      const until = formatInstant(event.untilMs + shiftMs);
      const rule = event.rule === null ? {} : { rule: event.rule };
      return monitor.executeUpdate(silence, { updateId, args: [{ ...input, ...rule, until }] });
    }
    case 'pause':
      return monitor.executeUpdate(pause, { updateId, args: [input] });
    case 'resume':
      return monitor.executeUpdate(resume, { updateId, args: [input] });
    case 'resetCounter':
      return monitor.executeUpdate(resetRule, { updateId, args: [{ ...input, rule: event.rule }] });
    case 'temporaryCredit':
      return monitor.executeUpdate(grantCredit, { updateId, args: [client.creditRequest(event, id, shiftMs)] });
    case 'cancelTemporaryCredit':
      return monitor.executeUpdate(cancelGrant, { updateId, args: [{ ...input, requestId: id, grantId }] });
  }
}
