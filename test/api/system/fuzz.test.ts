import { randomBytes } from 'node:crypto';
import { operations } from '../../../src/api/operations/index.js';
import type { GrantView } from '../../../src/contract/temporary-credit.js';
import type { Operation } from '../../../src/api/contract/operation.js';
import { startTestApi, type CallOptions, type TestApi } from '../../support/api/api.js';
import { explanationOf } from '../../support/api/explanations.js';
import { makeTargets } from '../../support/api/refusals.js';
import { findFuzzer, fuzz } from '../../support/api/schemathesis.js';
import { asPanel, makePanelClient } from '../../support/panel/panel-api.js';
import { asUser, makePerson } from '../../support/data/people.js';

/**
 * The API called from its own document, with what it allows and with what it does not: no answer is a failure of the
 * server, and each is as the document says.
 */
// The more operations there are, the longer it takes, most of all while other suites run.
jest.setTimeout(1_800_000);

const fuzzer = findFuzzer();
const fuzzTest = fuzzer.ok ? test : test.skip;
const why = fuzzer.ok ? '' : ` (skipped: no schemathesis here, ${fuzzer.reason})`;

/**
 * An event stream has no end; a caller that logs out can call nothing after it. What calls a payment gateway or an OpenID
 * Connect provider answers 502 or 503 here, where there is none: test/api/payments, panel, and access/openid call one.
 */
const callsGateway = ['startCardRegistration', 'finishCardRegistration', 'removeCard'];
const callsGatewayOfPanel = ['startPanelCard', 'finishPanelCard', 'removePanelCard', 'payPanelCard'];
const callsProvider = ['beginOpenIdLogin', 'completeOpenIdLogin', 'endOpenIdSessions'];
const leftOut = new Set([
  ...['openStream', 'logOut', 'logOutOfPanel'],
  ...[...callsGateway, ...callsGatewayOfPanel, ...callsProvider],
]);
/** A list as a file is asked for in the words of the list. */
const isFileOfList = ({ path }: Operation): boolean => path.startsWith('/v1/exports/');
const fuzzed = (isChosen: (operation: Operation) => boolean): string[] =>
  operations
    .filter((operation) => !leftOut.has(operation.id) && !isFileOfList(operation) && isChosen(operation))
    .map(({ id }) => id);

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({
    ...{ SECRET_KEY: randomBytes(32).toString('base64'), PUBLIC_URL: 'https://lowwater.example' },
    // Else each download of the log is longer than the one before.
    REQUEST_LOG_DAYS: '0',
  });
  const { temporal } = api;
  await makeTargets(api);
  const explain = (clientId: string): ReturnType<typeof explanationOf> => explanationOf(clientId);
  temporal.answer('explain', async (clientId) => explain(clientId));
  temporal.answer('checkNow', async () => ({ at: Date.now(), state: 'ok', available: '10.00', verdicts: [] }));
  for (const method of ['resetRule', 'silence', 'pause', 'resume'] as const)
    temporal.answer(method, async (clientId: string) => explain(clientId));
  temporal.answer('grantCredit', async (clientId, { amount, validUntil, reason }) =>
    grantOf(clientId, { ...(amount !== undefined && { amount }), validUntil, reason }),
  );
  for (const method of ['changeGrant', 'cancelGrant'] as const)
    temporal.answer(method, async (clientId: string, { grantId }: { grantId: string }) =>
      grantOf(clientId, { id: grantId }),
    );
});
afterAll(() => api?.stop());

function grantOf(clientId: string, fields: Partial<GrantView>): GrantView {
  return {
    ...{ id: '1', clientId, amount: '50.00', percent: null, currency: 'USD', status: 'active', reason: 'bank holiday' },
    ...{
      validFrom: '2026-03-01T10:00:00.000Z',
      validUntil: '2026-03-05T18:00:00.000Z',
      grantedBy: 'key:1',
      version: 1,
    },
    ...fields,
  };
}

/** Ids of callers that no generated request names, so that none ends its own caller. */
async function raiseIds(table: string): Promise<void> {
  await api.sql`select setval(pg_get_serial_sequence(${table}, 'id'), 900000000)`;
}

async function expectNoFault(ids: readonly string[], { key, headers }: CallOptions): Promise<void> {
  if (!fuzzer.ok) return;
  const { code, output } = await fuzz(fuzzer.python, {
    url: api.url,
    headers: { ...(key && { Authorization: `Bearer ${key}` }), ...headers },
    operations: ids,
    seed: 1,
    examples: 5,
  });
  if (code !== 0) throw new Error(output);
}

fuzzTest(`with a key that may do everything${why}`, async () => {
  await raiseIds('api_keys');
  await expectNoFault(
    fuzzed(({ sessionOnly, isPanel }) => !sessionOnly && !isPanel),
    { key: await api.makeKey() },
  );
});

fuzzTest(`as a user who is logged in${why}`, async () => {
  await raiseIds('users');
  const { id } = await makePerson(api, 'admin');
  await expectNoFault(
    fuzzed(({ sessionOnly }) => sessionOnly),
    await asUser(api, id),
  );
});

fuzzTest(`as a user of the client panel${why}`, async () => {
  const { id } = await makePanelClient(api, { billingEmail: 'billing@client.example', transfersAllowed: 'yes' });
  await expectNoFault(
    fuzzed(({ isPanel }) => isPanel),
    await asPanel(api, id),
  );
});

// Each answer but the first is the refusal of a session that has ended.
fuzzTest(`as a user who logs out${why}`, async () => {
  const { id } = await makePerson(api, 'admin');
  await expectNoFault(['logOut'], await asUser(api, id));
});
