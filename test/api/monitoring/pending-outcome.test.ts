import { DomainError } from '../../../src/domain/errors.js';
import { OutcomePending, UpdateRefused, type TemporalGateway } from '../../../src/temporal/gateway.js';
import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';

/**
 * A caller that waited too long gets `outcome_pending` and repeats its request: the same update is requested again, so
 * that nothing is done twice. What the real monitor does then: test/workflows/monitoring/pending-outcome.test.ts.
 */

let api: TestApi;
let clientId: string;
let grantId: string;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(async () => {
  const [client] = await api.sql<{ id: string }[]>`
    insert into clients (reseller_id, name, currency, balance_model, credit_limit)
    values (${api.operatorId}, 'Customer P', 'USD', 'postpaid', 100) returning id`;
  clientId = client?.id ?? '';
  await api.sql`insert into balances (client_id) values (${clientId})`;
  await api.sql`insert into monitors (client_id) values (${clientId})`;
  const [grant] = await api.sql<{ id: string }[]>`
    insert into temporary_credits
      (client_id, seq, request_id, amount, currency, valid_from, valid_until, status, reason, granted_by)
    values (${clientId}, 1, 'first', 50, 'USD', now(), now() + interval '1 day', 'active', 'bank holiday', 'key:1')
    returning id`;
  grantId = grant?.id ?? '';
  api.temporal.calls.length = 0;
});

type Changing =
  'checkNow' | 'resetRule' | 'silence' | 'pause' | 'resume' | 'grantCredit' | 'changeGrant' | 'cancelGrant';

interface Asked {
  readonly method: Changing;
  readonly send: (headers: Record<string, string>, key?: string) => Promise<Reply>;
}

const reason = { reason: 'a transfer is late' };
const validUntil = '2099-03-05T18:00:00Z';

function posting(method: Changing, path: () => string, body: object): [string, Asked] {
  return [method, { method, send: (headers, key) => api.post(path(), body, { headers, ...(key && { key }) }) }];
}

const requests: [string, Asked][] = [
  posting('checkNow', () => `/v1/clients/${clientId}/monitor/check`, reason),
  posting('resetRule', () => `/v1/clients/${clientId}/rules/client/reset`, reason),
  posting('silence', () => `/v1/clients/${clientId}/monitor/silence`, { until: null, ...reason }),
  posting('pause', () => `/v1/clients/${clientId}/monitor/pause`, reason),
  posting('resume', () => `/v1/clients/${clientId}/monitor/resume`, reason),
  posting('grantCredit', () => `/v1/clients/${clientId}/temporary-credits`, { amount: '50', validUntil, ...reason }),
  posting('cancelGrant', () => `/v1/temporary-credits/${grantId}/cancel`, reason),
  [
    'changeGrant',
    {
      method: 'changeGrant',
      send: (headers, key) =>
        api.call(
          'PATCH',
          `/v1/temporary-credits/${grantId}`,
          { amount: '60', ...reason },
          { headers: { 'If-Match': '"1"', ...headers }, ...(key && { key }) },
        ),
    },
  ],
];

function answerWith(method: Changing, error: () => Error): void {
  const fail = async (): Promise<never> => {
    throw error();
  };
  api.temporal.answer(method, fail satisfies TemporalGateway[Changing]);
}

const updateIds = (): (string | undefined)[] =>
  api.temporal.calls.flatMap(({ method, updateId }) => (method === 'describe' ? [] : [updateId]));

let keys = 0;
const newKey = (): Record<string, string> => ({ 'Idempotency-Key': `pending-${++keys}` });

describe.each(requests)('%s', (_name, { method, send }) => {
  test('without an answer is 503 outcome_pending; repeated with its key it is the same update', async () => {
    answerWith(method, () => new OutcomePending('the monitor did not answer in time'));
    const headers = newKey();
    const first = await send(headers);
    expect(first).toBeProblem(503, 'outcome_pending');
    expect(first.headers.get('retry-after')).toBe('5');
    const second = await send(headers);
    expect(second).toBeProblem(503, 'outcome_pending');
    const [asked, again] = updateIds();
    expect(asked).toContain(headers['Idempotency-Key']);
    expect(again).toBe(asked);
  });

  test('refused is another update when it is tried again: an update keeps its refusal', async () => {
    const headers = newKey();
    for (const [status, code] of [
      [503, 'monitor_unavailable'],
      [409, 'conflict'],
    ] as const) {
      answerWith(method, () => new UpdateRefused(code, 'not now'));
      expect(await send(headers)).toBeProblem(status, code);
    }
    const [first, second] = updateIds();
    expect(second).not.toBe(first);
  });

  test('without an answer stays the same update when a later attempt is turned away', async () => {
    answerWith(method, () => new OutcomePending('the monitor did not answer in time'));
    const headers = newKey();
    await send(headers);
    answerWith(method, () => new DomainError('conflict', 'not now'));
    expect(await send(headers)).toBeProblem(409, 'conflict');
    await send(headers);
    expect(new Set(updateIds()).size).toBe(1);
  });

  test('of two callers with the same key is two updates', async () => {
    answerWith(method, () => new OutcomePending('the monitor did not answer in time'));
    const headers = newKey();
    await send(headers);
    await send(headers, await api.makeKey());
    const [mine, theirs] = updateIds();
    expect(theirs).not.toBe(mine);
  });
});

test('a key whose outcome is open takes no other request', async () => {
  answerWith('pause', () => new OutcomePending('the monitor did not answer in time'));
  const headers = newKey();
  const path = `/v1/clients/${clientId}/monitor`;
  await api.post(`${path}/pause`, reason, { headers });
  const other = await api.post(`${path}/resume`, reason, { headers });
  expect(other).toBeProblem(422, 'idempotency_mismatch');
  expect(updateIds()).toHaveLength(1);
});

test.each([
  ['changeGrant', 'changed', 'active'],
  ['cancelGrant', 'cancelled', 'cancelled'],
] as const)(
  '%s that was carried out is answered as it is now, whatever its version has become',
  async (name, kind, status) => {
    const asked = requests.find(([method]) => method === name)?.[1];
    if (!asked) throw new Error(`no request ${name}`);
    answerWith(name, () => new OutcomePending('the monitor did not answer in time'));
    const headers = { ...newKey(), 'If-Match': '"1"' };
    expect(await asked.send(headers)).toBeProblem(503, 'outcome_pending');
    const input = api.temporal.calls.find(({ method }) => method === name)?.input as { requestId: string };
    await api.sql`
    update temporary_credits
    set version = 2, amount = 60, status = ${status}, ended_at = ${status === 'cancelled' ? new Date() : null}
    where id = ${grantId}`;
    await api.sql`
    insert into credit_limit_history
      (client_id, at, kind, permanent_before, permanent_after, temporary_before, temporary_after, grant_id, actor, request_id)
    values (${clientId}, now(), ${kind}, 100, 100, 50, 60, ${grantId}, 'key:1', ${input.requestId})`;
    const again = await asked.send(headers);
    expect(again).toHaveStatus(200);
    expect(again.body.version).toBe(2);
    expect(again.body.status).toEqual(status);
    expect(updateIds()).toHaveLength(1);
  },
);

test('a request whose caller leaves before it is read is not carried out without its body', async () => {
  const told = { at: Date.now(), state: 'ok', available: '1', verdicts: [] } as const;
  api.temporal.answer('checkNow', async () => told);
  const headers = newKey();
  const path = `/v1/clients/${clientId}/monitor/check`;
  const leaving = new AbortController();
  const whileIdentified = api.sql.begin(async (tx) => {
    // Callers are identified by their keys, which now takes as long as this does.
    await tx`lock table api_keys in access exclusive mode`;
    const left = fetch(`${api.url}${path}`, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${api.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(reason),
      signal: leaving.signal,
    });
    await untilOneWaits();
    leaving.abort();
    await expect(left).rejects.toThrow(/abort/i);
    await untilLogged(path);
  });
  await whileIdentified;
  const repeated = await api.post(path, reason, { headers });
  expect(repeated).toHaveStatus(200);
  expect(api.temporal.calls.map(({ input }) => input)).toEqual([expect.objectContaining(reason)]);
});

/** Until a statement waits for a lock on the table of keys. */
async function untilOneWaits(): Promise<void> {
  await eventually(() => api.sql`select 1 from pg_locks where relation = 'api_keys'::regclass and not granted`);
}

/** Until the API has noticed that a caller left. */
async function untilLogged(path: string): Promise<void> {
  await eventually(() => api.sql`select 1 from request_log where path = ${path} and status = 499`);
}

async function eventually(read: () => Promise<readonly unknown[]>): Promise<void> {
  while ((await read()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
}
