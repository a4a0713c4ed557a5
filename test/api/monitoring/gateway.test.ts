import { QueryNotRegisteredError, QueryRejectedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Sql } from '../../../src/storage/system/database.js';
import { createGateway } from '../../../src/temporal/client-gateway.js';
import { TemporalUnavailable } from '../../../src/temporal/gateway.js';

/** What becomes of a monitor that cannot answer, with a Temporal client that is made up. */

/** A Temporal client whose calls to a workflow end with this error. */
function failingClient(error: Error): Client {
  const fail = (): Promise<never> => Promise.reject(error);
  const client = {
    workflow: { getHandle: () => ({ query: fail, describe: fail }) },
    withDeadline: <T>(_deadline: number, call: () => Promise<T>): Promise<T> => call(),
  };
  return client as unknown as Client;
}

const gatewayOf = (error: Error) =>
  createGateway({ client: failingClient(error), sql: {} as Sql, namespace: 'default', uiUrl: null });

const grpc = (code: number): Error => Object.assign(new Error('refused'), { code, details: '', metadata: {} });

const failures: [string, Error][] = [
  // The server answers a query with this while the monitor's workflow task fails, for example on replay.
  ['a query that fails', new QueryNotRegisteredError('[TMPRL1100] Nondeterminism error', 3)],
  ['a query that is rejected', new QueryRejectedError(3)],
  ['no workflow', new WorkflowNotFoundError('not found', 'monitor/7', undefined)],
  ['a deadline', grpc(4)],
  ['no server', grpc(14)],
  ['an error of a kind nobody thought of', new TypeError('cannot read properties of undefined')],
];

test.each(failures)('explain: %s means that the monitor cannot answer now', async (_name, error) => {
  await expect(gatewayOf(error).explain('7')).rejects.toBeInstanceOf(TemporalUnavailable);
});

test.each(failures.filter(([name]) => name !== 'no workflow'))('describe: %s means the same', async (_name, error) => {
  await expect(gatewayOf(error).describe('7')).rejects.toBeInstanceOf(TemporalUnavailable);
});

test('describe: no workflow is no run', async () => {
  expect(await gatewayOf(new WorkflowNotFoundError('not found', 'monitor/7', undefined)).describe('7')).toBeNull();
});
