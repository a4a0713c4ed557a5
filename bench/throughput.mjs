import path from 'node:path';
import { checksMade } from './cost.mjs';
import { inParallel } from '../scripts/lib/in-parallel.mjs';
import { activityDeps, dist, insertClients, median, seconds, startStack, startWorkers } from './stack.mjs';

const twins = path.join(import.meta.dirname, 'twin-workflows.cjs');
const checksPerRun = 20;

/**
 * Checks a second of the real monitor compared with its bare twin: the same server, the same worker, the same budget of
 * history.
 */
export async function throughput({ quick, say }) {
  const warm = await compared(say, { quick, cached: 1500, count: 400, goal: 1.1, name: 'warm cache' });
  const cold = await compared(say, { quick, cached: 8, count: 200, goal: 0.9, name: 'cache of 8, every wake a miss' });
  return { warm, cold };
}

async function compared(say, { quick, cached, count, goal, name }) {
  const stack = await startStack(say);
  try {
    const rounds = quick ? 2 : 4;
    /** @type {Record<'monitor' | 'twin', Awaited<ReturnType<typeof speedOf>>[]>} */
    const measured = { monitor: [], twin: [] };
    for (let round = 0; round < rounds; round++) {
      const twin = await twinSpeed(stack, { cached, count, seconds: quick ? 10 : 20 });
      const monitor = await monitorSpeed(stack, { cached, count, seconds: quick ? 10 : 20 });
      measured.twin.push(twin);
      measured.monitor.push(monitor);
      say(
        `   ${name}: round ${round + 1} of ${rounds}: monitor ${monitor.perSecond.toFixed(1)}/s, bare ${twin.perSecond.toFixed(1)}/s`,
      );
    }
    const ratios = measured.monitor.map(({ perSecond }, index) => perSecond / measured.twin[index].perSecond);
    const aging = measured.monitor.map(({ aging }) => aging);
    say(
      `   ${name}: monitor / bare = ${median(ratios).toFixed(2)} (goal ${goal}); later half / earlier half of a run = ${median(aging).toFixed(2)} (1: the cost does not grow with age)`,
    );
    return { ratio: median(ratios), ratios, aging: median(aging), monitor: measured.monitor, twin: measured.twin };
  } finally {
    await stack.stop();
  }
}

async function monitorSpeed(stack, { cached, count, seconds: duration }) {
  const deps = activityDeps(stack, { cached });
  const { createActivities } = dist('task-workers.js');
  const stopWorkers = await startWorkers(stack, createActivities(deps), { cached });
  const clients = await insertClients(stack, count, { everyMs: 1000 });
  const { signalMonitor } = dist('temporal/start-monitor.js');
  await inParallel(clients, 20, ({ id }) =>
    signalMonitor(stack.client, { clientId: id, resellerId: stack.resellerId }, 'configurationChanged'),
  );
  const speed = await speedOf(() => checksMade(deps.metrics), duration);
  await stopWorkers();
  await terminateAll(
    stack,
    clients.map(({ id }) => `monitor/${id}`),
  );
  return speed;
}

async function twinSpeed(stack, { cached, count, seconds: duration }) {
  let made = 0;
  const activities = { local: { observe: async () => void made++ }, effects: { deliver: async () => undefined } };
  const stopWorkers = await startWorkers(stack, activities, { cached, workflows: { workflowsPath: twins } });
  const ids = Array.from({ length: count }, (_, index) => `twin/${Date.now()}-${index}`);
  await inParallel([...ids], 20, (workflowId) =>
    stack.client.workflow.start('sleeper', {
      workflowId,
      taskQueue: 'lowwater-monitors',
      args: [{ everyMs: 1000, checks: checksPerRun }],
    }),
  );
  const speed = await speedOf(async () => made, duration);
  await stopWorkers();
  await terminateAll(stack, ids);
  return speed;
}

/** After a moment to settle, in two halves. */
async function speedOf(count, duration) {
  await seconds(4);
  const at = async () => ({ count: await count(), ms: performance.now(), cpu: process.cpuUsage() });
  const marks = [await at()];
  for (let half = 0; half < 2; half++) {
    await seconds(duration / 2);
    marks.push(await at());
  }
  const [first, middle, last] = marks;
  const speed = (from, to) => (to.count - from.count) / ((to.ms - from.ms) / 1000);
  const cpu = last.cpu.user + last.cpu.system - first.cpu.user - first.cpu.system;
  return {
    perSecond: speed(first, last),
    workerCpuMs: cpu / 1000 / (last.count - first.count),
    aging: speed(middle, last) / speed(first, middle),
  };
}

async function terminateAll(stack, workflowIds) {
  await inParallel(workflowIds, 20, (id) =>
    stack.client.workflow
      .getHandle(id)
      .terminate('benchmark round over')
      .catch(() => undefined),
  );
}
