import type { PublishInput } from '../../../src/contract/monitor.js';
import type { Verdict } from '../../../src/domain/monitoring/evaluate.js';
import { raiseMissingBillingEmail, resolveSetBillingEmails } from '../../../src/storage/events/missing-recipients.js';
import type { CapacityDecision } from '../../../src/domain/monitoring/actions/capacity.js';
import type { RuleEffect } from '../../../src/domain/monitoring/actions/effects.js';
import { readLastCapacity } from '../../../src/storage/monitoring/capacity-changes.js';
import { insertClient } from '../../support/data/clients.js';
import { activities, database, minutes, noon, observe, useObserving } from '../../support/monitoring/observing.js';

useObserving();

const newClient = (): Promise<string> => insertClient(database.sql, noon, { profile: null });

const publication = (clientId: string, more: Partial<PublishInput> = {}): PublishInput => ({
  ...{ clientId, at: noon, state: 'low', nextCheckAt: noon + minutes(60), nextWakeAt: null, lastCheckAt: noon },
  ...{ rules: {}, verdicts: [], available: '4.99', pausedBy: null, silences: {}, wake: null, records: [] },
  ...more,
});

const effect = (at: number, one: RuleEffect) => ({ at, effects: [one] });
const low = (at: number) => effect(at, { kind: 'clientLow', available: '4.99', threshold: '5.00' });
const recovered = (at: number) => effect(at, { kind: 'clientRecovered' });

const decision = (applied: boolean, at: number, more: Partial<CapacityDecision> = {}): CapacityDecision => ({
  applied,
  capacity: applied ? 1 : 3,
  normal: 3,
  cause: applied ? 'below_threshold' : 'recovered',
  at,
  available: applied ? '4.99' : '10.00',
  threshold: '5.00',
  restoreAt: '10.00',
  ...more,
});

async function events(clientId: string): Promise<unknown[]> {
  const rows = await database.sql<{ kind: string; times: number; isOpen: boolean }[]>`
    select kind, times, resolved_at is null as "isOpen" from events where client_id = ${clientId} order by id`;
  return rows.map(({ kind, times, isOpen }) => `${kind} ${times} ${isOpen ? 'open' : 'resolved'}`);
}

const changes = async (clientId: string): Promise<readonly unknown[]> => database.sql`
  select sequence, applied, capacity from capacity_changes where client_id = ${clientId} order by sequence`;

describe('the event of a low client', () => {
  test('is open until the client recovers, and another episode is another entry', async () => {
    const clientId = await newClient();
    await activities.publish(publication(clientId, { records: [low(noon)] }));
    expect(await events(clientId)).toEqual(['client.low 1 open']);
    await activities.publish(publication(clientId, { records: [recovered(noon + minutes(5))] }));
    expect(await events(clientId)).toEqual(['client.low 1 resolved']);
    await activities.publish(publication(clientId, { records: [low(noon + minutes(70))] }));
    expect(await events(clientId)).toEqual(['client.low 1 resolved', 'client.low 1 open']);
    const [row] = await database.sql`select data, severity, subject_id as id from events where client_id = ${clientId}`;
    expect(row).toEqual({
      data: { client: 'Acme', available: '4.99', threshold: '5.00', currency: 'USD' },
      severity: 'warning',
      id: clientId,
    });
  });

  test('written again, because the answer was lost, changes nothing', async () => {
    const clientId = await newClient();
    const records = [low(noon), recovered(noon + minutes(5)), low(noon + minutes(70))];
    for (let times = 0; times < 2; times++) await activities.publish(publication(clientId, { records }));
    expect(await events(clientId)).toEqual(['client.low 1 resolved', 'client.low 1 open']);
  });
});

describe('a rule without recipients', () => {
  const published = (clientId: string, ...verdicts: readonly Verdict[]): Promise<void> =>
    activities.publish(publication(clientId, { verdicts }));
  const data = async (clientId: string): Promise<unknown[]> => {
    const rows = await database.sql`select data from events where client_id = ${clientId} order by id`;
    return rows.map((row) => row['data']);
  };

  test('is an event that says what is missing, once, until there is a recipient or the rule is no longer low', async () => {
    const clientId = await insertClient(database.sql, noon, { billingEmail: null });
    const missing: Verdict = { rule: 'user', reason: 'no_recipients' };
    for (let times = 0; times < 2; times++) await published(clientId, missing);
    expect(await events(clientId)).toEqual(['notification.no_recipients 1 open']);
    await published(clientId, missing, { rule: 'warning:3.00', reason: 'no_recipients' });
    expect(await data(clientId)).toEqual([
      { client: 'Acme', notification: 'user', reason: 'no_owner_email' },
      { client: 'Acme', notification: 'warning:3.00', reason: 'no_billing_email' },
    ]);
    await published(clientId, missing, { rule: 'warning:3.00', reason: 'sent' });
    expect(await events(clientId)).toEqual([
      'notification.no_recipients 1 open',
      'notification.no_recipients 1 resolved',
    ]);
    await published(clientId);
    await activities.publish(publication(clientId, { verdicts: [{ rule: 'user', reason: 'above_threshold' }] }));
    const { length } = (await events(clientId)).filter((text) => String(text).endsWith('resolved'));
    expect(length).toBe(2);
  });

  test('keeps its event while the balance is unknown', async () => {
    const clientId = await newClient();
    await published(clientId, { rule: 'client', reason: 'no_recipients' });
    await published(clientId, { rule: 'client', reason: 'balance_unknown' });
    expect(await events(clientId)).toEqual(['notification.no_recipients 1 open']);
    await published(clientId, { rule: 'client', reason: 'above_threshold' });
    expect(await events(clientId)).toEqual(['notification.no_recipients 1 resolved']);
  });

  test('of the client itself ends once a billing email is set, and with the client', async () => {
    const clientId = await insertClient(database.sql, noon, { profile: null, billingEmail: null });
    for (let times = 0; times < 2; times++) {
      await raiseMissingBillingEmail(database.sql, clientId, 'credit_granted', noon);
    }
    await resolveSetBillingEmails(database.sql, new Date(noon));
    expect(await events(clientId)).toEqual(['notification.no_recipients 1 open']);
    await database.sql`update clients set billing_email = 'set@client.example' where id = ${clientId}`;
    await resolveSetBillingEmails(database.sql, new Date(noon));
    expect(await events(clientId)).toEqual(['notification.no_recipients 1 resolved']);
  });
});

describe('a capacity', () => {
  test('is a row with a rising sequence and an event with the whole state', async () => {
    const clientId = await newClient();
    const reduced = decision(true, noon);
    const records = [effect(noon, { kind: 'capacity', decision: reduced })];
    for (let times = 0; times < 2; times++) {
      await activities.publish(publication(clientId, { records, capacity: reduced }));
    }
    expect(await changes(clientId)).toEqual([{ sequence: '1', applied: true, capacity: 1 }]);
    expect(await events(clientId)).toEqual(['capacity.reduced 1 open']);
    expect(await readLastCapacity(database.sql, clientId)).toEqual(reduced);

    const restored = decision(false, noon + minutes(9));
    await activities.publish(publication(clientId, { capacity: restored }));
    expect(await events(clientId)).toEqual(['capacity.reduced 1 resolved', 'capacity.restored 1 resolved']);
    const [row] = await database.sql`
      select data from events where client_id = ${clientId} and kind = 'capacity.restored'`;
    expect(row?.['data']).toEqual({
      ...{ clientId, externalId: '', sequence: '2', direction: 'origination', applied: 'false' },
      ...{ capacity: '3', normalCapacity: '3', reason: 'recovered', available: '10.00' },
      ...{ threshold: '5.00', restoreAt: '10.00', currency: 'USD' },
    });
  });

  test('each decision of an outage is kept, in order, each once', async () => {
    const clientId = await newClient();
    const [first, second, third] = [decision(true, noon), decision(false, noon + 1000), decision(true, noon + 2000)];
    const records = [first, second, third].map((one) => effect(one.at, { kind: 'capacity', decision: one }));
    for (let times = 0; times < 2; times++) {
      await activities.publish(publication(clientId, { records, capacity: third }));
    }
    expect(await changes(clientId)).toMatchObject([{ applied: true }, { applied: false }, { applied: true }]);
  });

  test('what a task wrote that was then executed again with another outcome is taken back', async () => {
    const clientId = await newClient();
    const normal = decision(false, noon);
    await activities.publish(publication(clientId, { capacity: decision(true, noon) }));
    await activities.publish(publication(clientId, { capacity: normal }));
    await activities.publish(publication(clientId, { capacity: normal }));
    expect(await changes(clientId)).toMatchObject([{ applied: true }, { applied: false }]);
  });

  test('a monitor that lost its run resumes from what is in force', async () => {
    const clientId = await newClient();
    const reduced = decision(true, noon, { normal: null, restoreAt: null });
    await activities.publish(publication(clientId, { capacity: reduced }));
    expect((await observe(clientId, { restore: true })).stored?.capacity).toEqual(reduced);
  });
});
