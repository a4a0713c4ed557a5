import { randomUUID } from 'node:crypto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { searchAttributes } from '../../../src/contract/search-attributes.js';
import { temporalBinary } from './temporal-binary.js';

/**
 * The time-skipping test server, with Lowwater's search attributes. It skips while a workflow's result is awaited and
 * in `env.sleep()`, not while an update is awaited; it has no Schedules and no visibility (for those: createLocalEnv).
 * One server a test file; `env.teardown()` in afterAll.
 */
export async function createTimeSkippingEnv(): Promise<TestWorkflowEnvironment> {
  quiet();
  const path = await temporalBinary('test-server');
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  await registerSearchAttributes(env, 'default');
  return env;
}

/** Temporal's dev server in memory, with all that a real server can do; time is the real one. */
export async function createLocalEnv(): Promise<TestWorkflowEnvironment> {
  quiet();
  const path = await temporalBinary('cli');
  return TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'existing-path', path }, searchAttributes: [...searchAttributes] },
  });
}

/** A task queue that no other test uses. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomUUID().slice(0, 8)}`;
}

/** Limits the SDK's logs to errors: it also logs starts, stops, and failed attempts. Once for each test file. */
function quiet(): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } },
  });
}
let installed = false;

/** IndexedValueType of Temporal's API. */
const KEYWORD = 2;

/** Like src/temporal/search-attributes.ts, but without listing the existing ones, which the test server can't do. */
async function registerSearchAttributes(env: TestWorkflowEnvironment, namespace: string): Promise<void> {
  await env.connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(searchAttributes.map(({ name }) => [name, KEYWORD])),
  });
}
