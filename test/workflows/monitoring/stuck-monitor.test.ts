import { Worker } from '@temporalio/worker';
import { monitorQueue, monitorWorkflowId } from '../../../src/contract/ids.js';
import { createMonitorControl } from '../../../src/temporal/monitor-control.js';
import { startMonitorHarness, type MonitorHarness } from '../../support/monitoring/monitor-harness.js';

/** What Temporal says of a monitor whose workflow tasks fail, and how its run is replaced: on a real server. */

let harness: MonitorHarness;
beforeAll(async () => {
  harness = await startMonitorHarness({ server: 'local' });
}, 120_000);
afterAll(() => harness.stop());

test('a monitor whose tasks fail is told from one that waits for a worker, and goes on after its run was replaced', async () => {
  const control = createMonitorControl(harness.env.client);
  const clientId = await harness.createClient({ balance: '500' });
  await harness.stopWorkers();
  expect(await control.pendingTask(clientId)).toBeNull();
  await harness.startMonitor(clientId);
  expect(await control.pendingTask(clientId)).toMatchObject({ attempt: 1 });

  const broken = await Worker.create({
    connection: harness.env.nativeConnection,
    taskQueue: monitorQueue,
    workflowsPath: require.resolve('../../support/temporal/broken-workflows.js'),
    shutdownGraceTime: 0,
  });
  const run = broken.run();
  let failedRun = '';
  try {
    // Further attempts come later and later, up to minutes.
    const failing = await harness.eventually(
      () => control.pendingTask(clientId),
      (task) => task !== null && task.attempt >= 2,
    );
    expect(await control.hasPollers()).toBe(true);
    failedRun = failing?.runId ?? '';
  } finally {
    broken.shutdown();
    await run;
  }

  await control.replace({ clientId, resellerId: '1' }, failedRun);
  await harness.startWorkers();
  await harness.until(clientId, ({ lastCheckAt }) => lastCheckAt !== null);
  const described = await harness.env.client.workflow.getHandle(monitorWorkflowId(clientId)).describe();
  expect(described.runId).not.toBe(failedRun);
  expect(await control.pendingTask(clientId)).toBeNull();
  await harness.endMonitors();
}, 120_000);
