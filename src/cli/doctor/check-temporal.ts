import { connect } from 'node:net';
import type { Connection } from '@temporalio/client';
import type { Config } from '../../config.js';
import { effectsQueue, jobsQueue, monitorQueue } from '../../contract/ids.js';
import { connectTemporalLazily } from '../../temporal/connection.js';
import { missingSearchAttributes } from '../../temporal/search-attributes.js';
import { fail, ok, reasonOf, within, type Finding } from './finding.js';

/** TaskQueueType of Temporal's API. */
const taskQueueTypes = { workflow: 1, activity: 2 } as const;

/** Temporal: reachable, the namespace there, search attributes registered, pollers on both task queues. */
export async function checkTemporal(config: Config): Promise<Finding[]> {
  const address = config.TEMPORAL_ADDRESS;
  if (address === undefined) {
    return [
      fail(
        'Temporal',
        'TEMPORAL_ADDRESS is not set',
        'Set TEMPORAL_ADDRESS, or run "npm start", which includes Temporal.',
      ),
    ];
  }
  const { connection } = connectTemporalLazily(config);
  const namespace = config.TEMPORAL_NAMESPACE;
  try {
    // The SDK keeps trying for long; a refused connection is known at once.
    await within(5_000, openSocket(address));
    const server = await connection.withDeadline(Date.now() + 10_000, () =>
      checkNamespace(connection, address, namespace),
    );
    if (server.status === 'fail') return [server];
    return [
      server,
      await checkSearchAttributes(connection, namespace),
      await checkPollers(connection, namespace, monitorQueue, 'workflow'),
      await checkPollers(connection, namespace, effectsQueue, 'activity'),
      await checkPollers(connection, namespace, jobsQueue, 'activity'),
    ];
  } catch (error) {
    return [
      fail(
        'Temporal',
        `${address}: ${reasonOf(error)}`,
        'Check TEMPORAL_ADDRESS, TLS, and API key, and that the server is running.',
      ),
    ];
  } finally {
    await connection.close();
  }
}

function openSocket(address: string): Promise<void> {
  const [, host = '', port = '7233'] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(address) ?? [];
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), host, () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}

async function checkNamespace(connection: Connection, address: string, namespace: string): Promise<Finding> {
  const { serverVersion } = await connection.workflowService.getSystemInfo({});
  try {
    await connection.workflowService.describeNamespace({ namespace });
  } catch (error) {
    return fail(
      'Temporal',
      `${address}, namespace ${namespace}: ${reasonOf(error)}`,
      `Create it (temporal operator namespace create -n ${namespace}), or set TEMPORAL_NAMESPACE.`,
    );
  }
  return ok('Temporal', `${address}, namespace ${namespace} (server ${serverVersion || 'of unknown version'})`);
}

async function checkSearchAttributes(connection: Connection, namespace: string): Promise<Finding> {
  const name = 'Search attributes';
  try {
    const missing = await missingSearchAttributes(connection, namespace);
    if (missing.length === 0) return ok(name, 'registered');
    return fail(
      name,
      `missing: ${missing.join(', ')}`,
      `Start a worker, which registers them, or run: temporal operator search-attribute create -n ${namespace} ` +
        missing.map((attribute) => `--name ${attribute} --type Keyword`).join(' '),
    );
  } catch (error) {
    return fail(name, reasonOf(error), 'Allow this user to list search attributes, or check them manually.');
  }
}

async function checkPollers(
  connection: Connection,
  namespace: string,
  queue: string,
  kind: keyof typeof taskQueueTypes,
): Promise<Finding> {
  const name = `Worker on ${queue}`;
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: queue },
    taskQueueType: taskQueueTypes[kind],
  });
  const count = pollers?.length ?? 0;
  if (count > 0) return ok(name, count === 1 ? '1 poller' : `${count} pollers`);
  return fail(
    name,
    'no worker running: checks, notifications, and credit reverts are delayed',
    'Start a worker: npm run worker',
  );
}
