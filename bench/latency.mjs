import path from 'node:path';
import { inParallel } from '../scripts/lib/in-parallel.mjs';
import { activityDeps, begin, dist, insertClients, percentile, seconds, startStack, startWorkers } from './stack.mjs';

const twins = path.join(import.meta.dirname, 'twin-workflows.cjs');

/** Changes per second that two cores take without queueing; twice as many triple every time, the floor's as well. */
const firstRate = 10;
/** All monitors stay in memory: replays are what `throughput` measures. */
const cached = 6000;
/** How long answers to the last changes are waited for. */
const settleSeconds = 6;
/** More than leave in a second on two cores. */
const fleetSignalsPerSecond = 40;
/** The floor holds when every signal is answered, 99 of 100 within this time. */
const floorHoldsMs = 1000;

/**
 * How long after a charge its email is accepted, and after a payment the counters are reset, compared with the bare
 * floor. The floor comes first: on a slow machine the rate is halved until the floor itself holds, and all are measured
 * at that rate.
 */
export async function latency({ quick, say }) {
  const stack = await startStack(say);
  try {
    const duration = quick ? 15 : 40;
    const count = quick ? 300 : 1000;
    const { rate, floor } = await heldFloor(stack, say, count, duration);
    const alone = await monitorLatency(stack, say, { count, duration, rate, fleet: 0 });
    const busy = await monitorLatency(stack, say, { count, duration, rate, fleet: quick ? 2000 : 10_000 });
    const show = (name, figures, goal) =>
      say(
        `   ${name}: p50 ${ms(figures.p50)}, p99 ${ms(figures.p99)} of ${figures.count}, ${figures.missing} missing; p99 / floor ${(figures.p99 / floor.p99).toFixed(2)}${goal ? ` (goal ${goal})` : ''}`,
      );
    say(`   rate: ${rate} changes per second`);
    show('floor: signal to activity', floor);
    show('charge to accepted email', alone.mail, '0.55 or less');
    show('refill to reset', alone.reset, '0.35 or less');
    show('refill to reset with a profile edit', busy.reset, '0.35 or less');
    return { rate, floor, alone, busy };
  } finally {
    await stack.stop();
  }
}

const ms = (value) => `${value.toFixed(0)} ms`;

async function heldFloor(stack, say, count, duration) {
  for (let rate = firstRate; ; rate /= 2) {
    const floor = await floorLatency(stack, count, duration, rate);
    const holds = floor.missing === 0 && floor.p99 <= floorHoldsMs;
    if (holds || rate < 2) return { rate, floor };
    say(
      `   the floor does not hold at ${rate} per second (p99 ${ms(floor.p99)}, ${floor.missing} missing). Retrying at half the rate`,
    );
  }
}

async function monitorLatency(stack, say, { count, duration, rate, fleet }) {
  const { createActivities } = dist('task-workers.js');
  const deps = activityDeps(stack, { cached });
  const activities = createActivities(deps);
  const resetAt = new Map();
  const stopWorkers = await startWorkers(
    stack,
    {
      ...activities,
      local: {
        ...activities.local,
        async publish(input) {
          await activities.local.publish(input);
          if (input.state === 'ok') resetAt.set(input.clientId, performance.now());
        },
      },
    },
    { cached },
  );
  stack.mails.accepted.clear();
  const dispatcher = await dist('temporal/dispatcher.js').startDispatcher(stack.sql, stack.client, deps.logger);
  const clients = await insertClients(stack, count, {
    everyMs: 86_400_000,
    trigger: 'change',
    thresholds: [null, '50'],
  });
  await begin(stack, clients);
  if (fleet > 0) await editProfile(stack, fleet, (duration + settleSeconds) * fleetSignalsPerSecond);
  say(`   ${count} monitors, ${rate} changes per second for ${duration} s, ${fleet} signals of a profile edit waiting`);
  const { recordEntry } = dist('services/ledger/record-entries.js');
  const requester = await dist('activities/requester.js').requesterFor(
    stack.sql,
    { id: 'system', source: 'system' },
    Date.now(),
  );
  const post = (clientId, kind, amount, id) =>
    recordEntry(requester, {
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
  for (let n = 0; n < (duration * rate) / 2; n++) {
    const client = clients[n % clients.length];
    charged.push({ client, at: performance.now() });
    void post(client.id, 'charge', -980_000_000n, `c-${client.id}-${n}`);
    setTimeout(() => {
      paid.push({ client, at: performance.now() });
      void post(client.id, 'payment', 980_000_000n, `p-${client.id}-${n}`);
    }, 2500);
    await seconds(Math.max(0, (began + (n + 1) * (2000 / rate) - performance.now()) / 1000));
  }
  await seconds(settleSeconds);
  const [{ left }] = await stack.sql`select count(*)::int as left from outbox`;
  if (fleet > 0) say(`   ${left} signals of the edit still wait`);
  await dispatcher.stop();
  await stopWorkers();
  const mailTimes = charged.map(({ client, at }) => stack.mails.accepted.get(client.email) - at);
  const resetTimes = paid.map(({ client, at }) => resetAt.get(client.id) - at);
  return { mail: summary(mailTimes), reset: summary(resetTimes) };
}

/**
 * Edits a profile of `count` clients and leaves their signals in the outbox. The monitors whose turn comes while the
 * bench measures are running before; those behind them only wait.
 */
async function editProfile(stack, count, signaled) {
  const running = await insertClients(stack, Math.min(count, signaled), { everyMs: 86_400_000 });
  await begin(stack, running);
  const waiting = count > running.length ? await insertClients(stack, count - running.length) : [];
  await stack.sql`update profiles set version = version + 1`;
  await stack.sql`insert into outbox ${stack.sql(
    [...running, ...waiting].map(({ id }) => ({ client_id: id, kind: 'configurationChanged', origin: 'fleet' })),
  )}`;
  await stack.sql`select pg_notify(${dist('storage/monitoring/outbox.js').outboxChannel}, 'fleet')`;
}

let floors = 0;

async function floorLatency(stack, count, duration, rate) {
  const run = ++floors;
  const doneAt = new Map();
  const stopWorkers = await startWorkers(
    stack,
    {
      local: { observe: async () => undefined },
      effects: { deliver: async ({ n }) => void doneAt.set(n, performance.now()) },
    },
    { cached, workflows: { workflowsPath: twins } },
  );
  const ids = Array.from({ length: count }, (_, index) => `floor/${run}/${index}`);
  await inParallel([...ids], 20, (workflowId) =>
    stack.client.workflow.start('signalled', { workflowId, taskQueue: 'lowwater-monitors' }),
  );
  await seconds(3);
  const sent = [];
  const began = performance.now();
  for (let n = 0; n < duration * rate; n++) {
    sent.push(performance.now());
    void stack.client.workflow.getHandle(ids[n % count]).signal('poke', { n });
    await seconds(Math.max(0, (began + (n + 1) * (1000 / rate) - performance.now()) / 1000));
  }
  await seconds(3);
  await stopWorkers();
  return summary(sent.map((at, n) => doneAt.get(n) - at));
}

/** A change that was not answered counts as the longest time that was waited for one. */
function summary(times) {
  const missing = times.filter((time) => !Number.isFinite(time)).length;
  const answered = times.filter(Number.isFinite);
  const longest = Math.max(60_000, ...answered);
  const all = times.map((time) => (Number.isFinite(time) ? time : longest));
  return { count: all.length, missing, p50: percentile(all, 50), p99: percentile(all, 99) };
}
