import { advanceTemporaryCredit } from '../../../src/services/credit/advance-temporary-credit.js';
import { grantTemporaryCredit } from '../../../src/services/credit/grant-temporary-credit.js';
import { deleteClient } from '../../../src/services/clients/delete-client.js';
import { insertClient, insertOperator } from '../../support/data/clients.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';
import { requesterAt } from '../../support/data/requester.js';

/** Every step of a temporary credit is in the audit log, as it was before and as it is after. */

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await insertOperator(database.sql);
});
afterAll(() => database.drop());

const start = Date.parse('2026-03-02T12:00:00Z');
const hour = 3_600_000;
const settings = { warningHours: 0 };

interface Step {
  readonly action: string;
  readonly before: string | null;
  readonly after: string | null;
}

async function stepsOf(grantId: string): Promise<Step[]> {
  const rows = await database.sql<Step[]>`
    select action, before->>'status' as before, after->>'status' as after from audit
    where subject_type = 'temporary_credit' and subject_id = ${grantId} order by id`;
  return rows.map(({ action, before, after }) => ({ action, before, after }));
}

async function grantOf(clientId: string, from: number, until: number, now = start) {
  const asked = {
    requestId: `request ${from}`,
    amount: '5.00',
    from: new Date(from).toISOString(),
    validUntil: new Date(until).toISOString(),
    reason: 'holiday',
  };
  return grantTemporaryCredit(requesterAt(database.sql, now), clientId, asked, settings);
}

test('a start and a revert by the clock show the credit before and after the step', async () => {
  const clientId = await insertClient(database.sql, start);
  const { id } = await grantOf(clientId, start + hour, start + 2 * hour);
  const step = (name: 'start' | 'revert', at: number) =>
    advanceTemporaryCredit(requesterAt(database.sql, at), clientId, id, name);
  expect((await step('start', start + hour)).done).toBe(true);
  expect((await step('revert', start + 2 * hour)).done).toBe(true);
  expect(await stepsOf(id)).toEqual([
    { action: 'temporary_credit.grant', before: null, after: 'scheduled' },
    { action: 'temporary_credit.start', before: 'scheduled', after: 'active' },
    { action: 'temporary_credit.revert', before: 'active', after: 'reverted' },
  ]);
  const [versions] = await database.sql<{ before: number; after: number }[]>`
    select (before->>'version')::int as before, (after->>'version')::int as after from audit
    where subject_type = 'temporary_credit' and subject_id = ${id} and action = 'temporary_credit.revert'`;
  expect(versions).toEqual({ before: 2, after: 3 });
});

test('a grant that finds an expired one open reverts it, and both are recorded', async () => {
  const clientId = await insertClient(database.sql, start);
  const expired = await grantOf(clientId, start, start + hour);
  const next = await grantOf(clientId, start + 2 * hour, start + 3 * hour, start + 2 * hour);
  expect(await stepsOf(expired.id)).toEqual([
    { action: 'temporary_credit.grant', before: null, after: 'active' },
    { action: 'temporary_credit.revert', before: 'active', after: 'reverted' },
  ]);
  expect(await stepsOf(next.id)).toEqual([{ action: 'temporary_credit.grant', before: null, after: 'active' }]);
});

test('the deletion of a client records the revert of an expired credit', async () => {
  const clientId = await insertClient(database.sql, start);
  const { id } = await grantOf(clientId, start, start + hour);
  await deleteClient(requesterAt(database.sql, start + 2 * hour), clientId, { reason: 'left' }, () => undefined);
  expect(await stepsOf(id)).toEqual([
    { action: 'temporary_credit.grant', before: null, after: 'active' },
    { action: 'temporary_credit.revert', before: 'active', after: 'reverted' },
  ]);
});
