import path from 'node:path';
import {
  activityDeps,
  begin,
  dist,
  inLanes,
  insertClients,
  percentile,
  seconds,
  startStack,
  startWorkers,
} from './stack.mjs';

const twins = path.join(import.meta.dirname, 'twin-workflows.cjs');

/** How long after a charge its mail is accepted, and after a payment the rules are re-armed, beside the bare floor. */
export async function latency({ quick, say }) {
  const stack = await startStack(say);
  try {
    const duration = quick ? 15 : 40;
    const monitors = await monitorLatency(stack, say, quick ? 300 : 1000, duration);
    const floor = await floorLatency(stack, quick ? 300 : 1000, duration);
    const show = (name, figures) =>
      say(`   ${name}: p50 ${figures.p50.toFixed(0)} ms, p99 ${figures.p99.toFixed(0)} ms of ${figures.count}`);
    show('charge to accepted mail (goal p99 under 1,000)', monitors.mail);
    show('refill to re-arm (goal p99 under 500)', monitors.rearm);
    show('bare signal to activity', floor);
    say(
      `   mail / bare: p50 ${(monitors.mail.p50 / floor.p50).toFixed(1)}, p99 ${(monitors.mail.p99 / floor.p99).toFixed(1)}`,
    );
    return { ...monitors, floor };
  } finally {
    await stack.stop();
  }
}

const changesPerSecond = 20;

async function monitorLatency(stack, say, count, duration) {
  const { createActivities } = dist('task-workers.js');
  const deps = activityDeps(stack);
  const activities = createActivities(deps);
  const rearmedAt = new Map();
  const stopWorkers = await startWorkers(stack, {
    ...activities,
    local: {
      ...activities.local,
      async publish(input) {
        await activities.local.publish(input);
        if (input.word === 'ok') rearmedAt.set(input.clientId, performance.now());
      },
    },
  });
  const dispatcher = await dist('temporal/dispatcher.js').startDispatcher(stack.sql, stack.client, deps.logger);
  const clients = await insertClients(stack, count, {
    everyMs: 86_400_000,
    trigger: 'change',
    thresholds: [null, '50'],
  });
  await begin(stack, clients);
  say(`   ${count} monitors run; ${changesPerSecond} changes a second for ${duration} s`);
  const { postEntry } = dist('storage/ledger.js');
  const post = (clientId, kind, amount, id) =>
    postEntry(stack.sql, {
      clientId,
      kind,
      externalId: id,
      amount,
      currency: 'USD',
      occurredAt: null,
      source: 'bench',
    });
  const charged = [];
  const paid = [];
  // Each client is charged below its threshold and pays two seconds later: half of the changes are charges.
  const began = performance.now();
  for (let n = 0; n < (duration * changesPerSecond) / 2; n++) {
    const client = clients[n % clients.length];
    charged.push({ client, at: performance.now() });
    void post(client.id, 'charge', -980_000_000n, `c-${n}`);
    setTimeout(() => {
      paid.push({ client, at: performance.now() });
      void post(client.id, 'payment', 980_000_000n, `p-${n}`);
    }, 2500);
    await seconds(Math.max(0, (began + (n + 1) * (2000 / changesPerSecond) - performance.now()) / 1000));
  }
  await seconds(6);
  await dispatcher.stop();
  await stopWorkers();
  const mailTimes = charged.map(({ client, at }) => stack.mails.accepted.get(client.email) - at);
  const rearmTimes = paid.map(({ client, at }) => rearmedAt.get(client.id) - at);
  return { mail: summary(mailTimes), rearm: summary(rearmTimes) };
}

async function floorLatency(stack, count, duration) {
  const doneAt = new Map();
  const stopWorkers = await startWorkers(
    stack,
    {
      local: { observe: async () => undefined },
      effects: { deliver: async ({ n }) => void doneAt.set(n, performance.now()) },
    },
    { workflows: { workflowsPath: twins } },
  );
  const ids = Array.from({ length: count }, (_, index) => `floor/${index}`);
  await inLanes([...ids], 20, (workflowId) =>
    stack.client.workflow.start('signalled', { workflowId, taskQueue: 'lowwater-monitors' }),
  );
  await seconds(3);
  const sent = [];
  const began = performance.now();
  for (let n = 0; n < duration * changesPerSecond; n++) {
    sent.push(performance.now());
    void stack.client.workflow.getHandle(ids[n % count]).signal('poke', { n });
    await seconds(Math.max(0, (began + (n + 1) * (1000 / changesPerSecond) - performance.now()) / 1000));
  }
  await seconds(3);
  await stopWorkers();
  return summary(sent.map((at, n) => doneAt.get(n) - at));
}

/** A change that was never answered counts as the worst of all. */
function summary(times) {
  const missing = times.filter((time) => !Number.isFinite(time)).length;
  const all = times.map((time) => (Number.isFinite(time) ? time : Infinity));
  return { count: all.length, missing, p50: percentile(all, 50), p99: percentile(all, 99) };
}
