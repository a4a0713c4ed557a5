import { createRequire } from 'node:module';
import { activityDeps, begin, dist, insertClients, seconds, startStack, startWorkers } from './stack.mjs';

const require = createRequire(import.meta.url);

/** What one steady check costs, counted from a real history and from the database's own statistics. */
export async function cost({ quick, say }) {
  const stack = await startStack(say);
  try {
    const options = { continueAfterEvents: 100_000, continueAfterChecks: 100_000, spreadShare: 0, spreadMaxMs: 0 };
    const deps = activityDeps(stack);
    const { createActivities } = dist('task-workers.js');
    const stopWorkers = await startWorkers(
      stack,
      createActivities({ ...deps, settings: { ...deps.settings, monitor: options } }),
    );
    const [lone] = await insertClients(stack, 1, { everyMs: 1000 });
    await begin(stack, [lone]);
    const handle = stack.client.workflow.getHandle(`monitor/${lone.id}`);
    const before = await counted(handle);
    await seconds(quick ? 6 : 12);
    const after = await counted(handle);
    const clients = await insertClients(stack, quick ? 150 : 300, { everyMs: 1000 });
    await begin(stack, clients);
    const sql = await sqlPerCheck(stack, deps, quick ? 10 : 20);
    await stopWorkers();
    const checks = after.checks - before.checks;
    const per = (name) => (after[name] - before[name]) / checks;
    const figures = {
      checks,
      events: per('events'),
      workflowTasks: per('workflowTasks'),
      activityTasks: per('activityTasks'),
      stateTransitions: per('transitions'),
      historyBytes: Math.round(per('bytes')),
      sqlRoundTripsUnderLoad: sql,
    };
    say(`   per check, of ${checks} steady checks:`);
    say(
      `   events ${figures.events} (goal 6) · workflow tasks ${figures.workflowTasks} (1) · activity tasks ${figures.activityTasks} (0)`,
    );
    say(`   state transitions ${figures.stateTransitions} (3) · history ${figures.historyBytes} B (up to 1,024)`);
    say(`   SQL transactions under load: ${sql.toFixed(3)} per check (up to 0.1)`);
    return figures;
  } finally {
    await stack.stop();
  }
}

async function sqlPerCheck(stack, deps, duration) {
  const read = async () => {
    await stack.sql`select pg_stat_force_next_flush()`;
    await seconds(1.2);
    const [{ done }] =
      await stack.sql`select (xact_commit + xact_rollback)::float8 as done from pg_stat_database where datname = current_database()`;
    return { done, checks: await checksMade(deps.metrics) };
  };
  const before = await read();
  await seconds(duration);
  const after = await read();
  return (after.done - before.done) / (after.checks - before.checks);
}

export async function checksMade(metrics) {
  const { values } = await metrics.checks.get();
  return values.reduce((sum, { value }) => sum + value, 0);
}

/** Counts up to the last timer that was set, so that only whole checks are counted. */
async function counted(handle) {
  const { temporal } = require('@temporalio/proto');
  const [description, { events }] = [await handle.describe(), await handle.fetchHistory()];
  const ofType = (name) => events.filter((event) => event[`${name}EventAttributes`]).length;
  return {
    checks: ofType('timerFired'),
    events: events.length,
    workflowTasks: ofType('workflowTaskStarted'),
    activityTasks: ofType('activityTaskScheduled'),
    transitions: Number(description.raw.workflowExecutionInfo.stateTransitionCount),
    bytes: events.reduce((sum, event) => sum + temporal.api.history.v1.HistoryEvent.encode(event).finish().length, 0),
  };
}
