import { startTestApi, type TestApi } from '../../support/api/api.js';
import { insertNotification, type NotificationWish } from '../../support/data/notifications.js';

/** What a list says of a notification as it was decided, and why its deliveries were not accepted. */

let api: TestApi;
let clientId: string;
let otherId: string;
let profileId: string;

beforeAll(async () => {
  api = await startTestApi();
  profileId = (await api.post('/v1/profiles', { name: 'wholesale', currency: 'EUR' })).body.id;
  clientId = (await api.post('/v1/clients', { name: 'Acme', currency: 'USD', profileId })).body.id;
  otherId = (await api.post('/v1/clients', { name: 'Other', currency: 'USD' })).body.id;
});
afterAll(() => api.stop());
beforeEach(async () => {
  await api.sql`delete from notifications`;
});

interface Attempt {
  readonly outcome: string | null;
  readonly code?: number;
  readonly reply?: string;
}

/** A notification with the attempts of each delivery. */
async function notify(
  wish: Partial<NotificationWish>,
  attempts: readonly (readonly Attempt[])[] = [],
): Promise<string> {
  const { id, deliveries } = await insertNotification(api.sql, { clientId, ...wish });
  for (const [place, ended] of attempts.entries()) {
    for (const [index, { outcome, code = null, reply = null }] of ended.entries()) {
      await api.sql`
        insert into delivery_attempts (delivery_id, attempt, started_at, ended_at, outcome, code, reply)
        values (${deliveries[place] ?? ''}, ${index + 1}, now(), ${outcome && new Date()}, ${outcome}, ${code}, ${reply})`;
    }
  }
  return id;
}

const list = async (query = '') => {
  const reply = await api.get(`/v1/notifications?sort=id&${query}`);
  expect([query, reply.status, reply.text]).toEqual([query, 200, reply.text]);
  return reply.body;
};
const numbers = async (query: string): Promise<number[]> =>
  (await list(query)).data.map(({ number }: { number: number }) => number);

test('has available and threshold as they were at the decision, each with its currency', async () => {
  await notify({
    number: 1,
    available: '45.000000',
    variables: {
      ...{ threshold: '50.00', threshold_currency: 'EUR', available_converted: '41.550001' },
      profile: { name: 'wholesale' },
    },
  });
  await notify({
    number: 2,
    available: '5',
    variables: { threshold: '5000', threshold_currency: 'USD', profile: { name: '' } },
  });
  await notify({ number: 3, available: null, variables: { threshold: '', threshold_currency: 'USD' } });
  const { data } = await list();
  expect(data[0]).toMatchObject({
    ...{ available: '45.00', currency: 'USD', availableConverted: '41.550001' },
    ...{ threshold: '50.00', thresholdCurrency: 'EUR', profileName: 'wholesale' },
  });
  const none = { availableConverted: null, profileName: null };
  expect(data[1]).toMatchObject({ ...none, threshold: '5000', thresholdCurrency: 'USD' });
  expect(data[2]).toMatchObject({ ...none, available: null, threshold: null, thresholdCurrency: null });
  const detail = await api.get(`/v1/notifications/${data[0].id}`);
  expect(detail.body.values).toEqual({
    ...{ available: '45.00', availableConverted: '41.550001', threshold: '50.00', thresholdCurrency: 'EUR' },
    ...{ number: 1, max: null },
  });
});

test('says for each delivery why its last attempt was not accepted', async () => {
  const to = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}@acme.example`);
  await notify({ to, status: ['accepted', 'failed', 'retrying', 'retrying', 'uncertain', 'claimed'] }, [
    [
      { outcome: 'refused', code: 451, reply: '451 greylisted' },
      { outcome: 'accepted', code: 250, reply: '250 OK' },
    ],
    [{ outcome: 'refused_for_good', code: 550, reply: '550 unknown' }],
    [{ outcome: 'refused', code: 451, reply: '451 greylisted' }, { outcome: null }],
    [{ outcome: 'refused', reply: 'connect ECONNREFUSED' }],
    [{ outcome: 'uncertain', reply: 'the connection was closed' }],
    [],
  ]);
  const [{ deliveries }] = (await list()).data;
  expect(deliveries.map(({ failure }: { failure: unknown }) => failure)).toEqual([
    null,
    { reason: 'rejected', code: 550, reply: '550 unknown' },
    { reason: 'deferred', code: 451, reply: '451 greylisted' },
    { reason: 'unreachable', code: null, reply: 'connect ECONNREFUSED' },
    { reason: 'uncertain', code: null, reply: 'the connection was closed' },
    null,
  ]);
  const one = await api.get(`/v1/deliveries/${deliveries[1].id}`);
  expect(one.body.failure).toEqual({ reason: 'rejected', code: 550, reply: '550 unknown' });
  const file = await api.get('/v1/exports/notifications.csv?columns=outcomes,reasons');
  expect(file.text.replace('\uFEFF', '')).toBe(
    'Outcomes,Failures\r\n"1 sending, 2 retrying, 1 accepted, 1 failed, 1 uncertain",' +
      '"b@acme.example: 550 unknown, c@acme.example: 451 greylisted, d@acme.example: connect ECONNREFUSED, ' +
      'e@acme.example: the connection was closed"\r\n',
  );
});

test('is filtered by that reason, and by the profile of the client', async () => {
  await notify({ number: 1, status: 'failed' }, [[{ outcome: 'refused_for_good', code: 550 }]]);
  await notify({ number: 2, status: 'retrying' }, [[{ outcome: 'refused', code: 451 }]]);
  await notify({ number: 3, status: 'accepted' }, [[{ outcome: 'accepted', code: 250 }]]);
  await notify({ number: 4, status: 'failed', clientId: otherId }, [[{ outcome: 'refused_for_good', code: 554 }]]);
  expect(await numbers('reason=rejected')).toEqual([1, 4]);
  expect(await numbers('reason=rejected,deferred')).toEqual([1, 2, 4]);
  expect(await numbers('reason=unreachable')).toEqual([]);
  expect(await numbers(`profileId=${profileId}`)).toEqual([1, 2, 3]);
  expect(await numbers(`profileId=${profileId}&reason=rejected`)).toEqual([1]);
  for (const query of ['reason=spam', 'profileId=x']) {
    const reply = await api.get(`/v1/notifications?${query}`);
    expect(reply).toBeProblem(400, 'invalid', `#/query/${query.split('=')[0]}`);
  }
});

test('counts each facet under the filters of the others, and the list agrees with every count', async () => {
  await notify({ number: 1, status: 'failed' }, [[{ outcome: 'refused_for_good', code: 550 }]]);
  await notify({ number: 2, status: 'retrying', kind: 'low_funds_warning', rule: 'warning:25.00' }, [
    [{ outcome: 'refused', code: 451 }],
  ]);
  await notify({ number: 3, status: 'accepted', clientId: otherId });
  await notify({ number: 4, kind: 'credit_granted', rule: 'credit_granted' });
  const selections = [
    '',
    'kind=all',
    'status=failed',
    'reason=deferred&kind=all',
    `profileId=${profileId}`,
    'rule=warning',
  ];
  for (const selection of selections) {
    const { facets } = await list(`include=facets&${selection}`);
    for (const [parameter, options] of Object.entries(facets as Record<string, { word: string; count: number }[]>)) {
      for (const { word, count } of options) {
        const query = new URLSearchParams(selection);
        query.set(parameter, word);
        const { total } = await list(`include=total&${query.toString()}`);
        expect([selection, parameter, word, count]).toEqual([selection, parameter, word, total]);
      }
    }
  }
  expect((await list('include=facets&kind=all')).facets.reason).toEqual([
    { word: 'deferred', count: 1 },
    { word: 'rejected', count: 1 },
  ]);
});
