import {
  QueryNotRegisteredError,
  QueryRejectedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Sql } from '../../../src/storage/system/database.js';
import { createGateway } from '../../../src/temporal/client-gateway.js';
import { OutcomePending, TemporalUnavailable, UpdateRefused } from '../../../src/temporal/gateway.js';

/** How the gateway reports a monitor that can't answer, with a fake Temporal client. */

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

/** A client whose update ends with a failure of this type. */
function gatewayWithUpdateFailure(type: string) {
  const error = new WorkflowUpdateFailedError('Workflow Update failed', ApplicationFailure.nonRetryable('no', type));
  const client = {
    workflow: { executeUpdateWithStart: () => Promise.reject(error) },
    withDeadline: <T>(_deadline: number, call: () => Promise<T>): Promise<T> => call(),
  };
  const rows = [{ resellerId: '1', status: 'active' }];
  const sql = (text: readonly string[]) => Promise.resolve(text.join('').includes('from audit') ? [] : rows);
  return createGateway({ client: client as unknown as Client, sql: sql as never, namespace: 'default', uiUrl: null });
}

const pausing = { reason: 'a transfer is late', actor: { id: 'key:1', source: 'api' } } as const;

test.each(['AcceptedUpdateCompletedWorkflow', 'UnprocessedUpdate'])(
  'pause: the server failure %s leaves it open whether the monitor was paused',
  async (type) => {
    await expect(gatewayWithUpdateFailure(type).pause('7', pausing, 'update-1')).rejects.toBeInstanceOf(OutcomePending);
  },
);

test.each(['invalid', 'monitor_unavailable', 'client_deleted'])('pause: the monitor refuses with %s', async (code) => {
  const refused = gatewayWithUpdateFailure(code).pause('7', pausing, 'update-1');
  await expect(refused).rejects.toBeInstanceOf(UpdateRefused);
  await expect(refused).rejects.toMatchObject({ code });
});

test.each(failures.filter(([name]) => name !== 'no workflow'))('describe: %s means the same', async (_name, error) => {
  await expect(gatewayOf(error).describe('7')).rejects.toBeInstanceOf(TemporalUnavailable);
});

test('describe: no workflow is no run', async () => {
  expect(await gatewayOf(new WorkflowNotFoundError('not found', 'monitor/7', undefined)).describe('7')).toBeNull();
});
