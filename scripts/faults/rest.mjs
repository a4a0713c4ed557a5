import { createRandom } from './random.mjs';
import { makers, labelOf } from './requests.mjs';
import { inParallel } from '../lib/in-parallel.mjs';
import { waitFor } from './wait.mjs';

const askedAtOnce = 8;

/**
 * After the faults and the load: ends pauses and silences, restarts the worker, so that every monitor is replayed from its
 * history, and has every client checked once. What is asked for is logged as the load is.
 */
export async function askEveryMonitor({ stack, api, fleet, seed, round, limit, log }) {
  const random = createRandom(`${seed}/rest/${round}`);
  let n = 0;
  const ask = async (name, client, change = {}) => {
    const request = makers[name]({ random, client, label: labelOf(seed, round, 'rest', ++n) });
    Object.assign(request.body, change);
    log.push({ name, round, clientId: client.id, request, ...(await api.settle(request, limit)) });
  };
  await inParallel(fleet.clients, askedAtOnce, async (client) => {
    const { outcome, answer } = await api.settle({ method: 'GET', path: `/v1/clients/${client.id}/monitor` }, limit);
    if (outcome !== 'accepted') return;
    if (answer.body.pausedBy !== null) await ask('resume', client);
    for (const { rule } of answer.body.silences) await ask('silence', client, { until: null, rule: rule ?? undefined });
  });
  await stack.worker.kill();
  await stack.worker.start();
  await inParallel(fleet.clients, askedAtOnce, (client) => ask('checkNow', client));
}

/**
 * Waits until nothing is on its way: no signal in the outbox, no delivery pending, no check overdue.
 *
 * @returns what still was when the time was over, one line for each; none: all is at rest
 */
export async function waitForRest({ stack, api, fleet, limit }) {
  let busy = [];
  await waitFor(
    async () => {
      const [{ signals }] = await stack.sql`select count(*)::int as signals from outbox`;
      const reasons = await inParallel(fleet.clients, askedAtOnce, (client) => unrestOf(api, client, limit));
      busy = [...(signals > 0 ? [`${signals} signals wait in the outbox`] : []), ...reasons.filter(Boolean)];
      return busy.length === 0 ? busy : null;
    },
    { withinMs: Math.max(0, limit.untilMs - performance.now()), everyMs: 1_000 },
  );
  return busy;
}

/** Why the client's monitor is not at rest; null: it is. */
async function unrestOf(api, client, limit) {
  const [monitor, explanation] = await Promise.all(
    ['monitor', 'explain'].map((view) =>
      api.settle({ method: 'GET', path: `/v1/clients/${client.id}/${view}` }, limit),
    ),
  );
  for (const { outcome, answer } of [monitor, explanation]) {
    if (outcome !== 'accepted') return `client ${client.id}: answered ${answer.status} ${answer.body?.code ?? ''}`;
  }
  if (explanation.answer.body.stale) return `client ${client.id}: its monitor gives no explanation`;
  if (monitor.answer.body.overdue) return `client ${client.id}: its check is overdue`;
  const pending = Math.max(monitor.answer.body.pendingDeliveries, explanation.answer.body.run?.deliveries ?? 0);
  return pending > 0 ? `client ${client.id}: ${pending} notifications on their way` : null;
}

const maxTaskAttempts = 3;

/** Monitors that do not run, or whose workflow task keeps failing; one line for each. */
export async function findStuckWorkflows({ stack, fleet }) {
  const { workflowService } = stack.connection;
  const found = await inParallel(fleet.clients, askedAtOnce, async ({ id }) => {
    const asked = { namespace: 'default', execution: { workflowId: `monitor/${id}` } };
    const { workflowExecutionInfo, pendingWorkflowTask } = await workflowService.describeWorkflowExecution(asked);
    if (workflowExecutionInfo?.status !== 1) return `client ${id}: its workflow does not run`;
    if (Number(pendingWorkflowTask?.attempt ?? 0) > maxTaskAttempts) {
      return `client ${id}: its workflow task has failed ${pendingWorkflowTask.attempt} times`;
    }
    const failure = await lastTaskFailure(workflowService, asked);
    return failure && `client ${id}: its workflow task fails: ${failure.slice(0, 200)}`;
  });
  return found.filter((line) => line !== null);
}

const workflowTaskCompleted = 7;
const workflowTaskFailed = 9;

/** The message of the last workflow task, had it failed; null: it ended well. A history ends with what happened last. */
async function lastTaskFailure(workflowService, { namespace, execution }) {
  const { history } = await workflowService.getWorkflowExecutionHistoryReverse({
    namespace,
    execution,
    maximumPageSize: 20,
  });
  const ended = [workflowTaskCompleted, workflowTaskFailed];
  const last = history?.events?.find(({ eventType }) => ended.includes(Number(eventType)));
  return last?.workflowTaskFailedEventAttributes?.failure?.message ?? null;
}
