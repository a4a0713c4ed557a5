import type { PublishInput } from '../../../src/contract/monitor.js';
import { initialRuleState, type RuleState } from '../../../src/domain/monitoring/rule-state.js';
import type { MonitorRecord } from '../../../src/domain/monitoring/state.js';
import { insertClient, type ClientWish } from '../../support/data/clients.js';
import { insertNotification } from '../../support/data/notifications.js';
import {
  database,
  activities,
  noon,
  minutes,
  actor,
  post,
  observe,
  useObserving,
} from '../../support/monitoring/observing.js';

useObserving();

async function newClient(wish: ClientWish = {}): Promise<string> {
  const id = await insertClient(database.sql, noon, wish);
  if (wish.balance !== undefined) await post(id, 'adjustment', wish.balance, wish.currency);
  return id;
}

describe('the read model', () => {
  async function stored(clientId: string): Promise<Record<string, unknown> | undefined> {
    const [row] = await database.sql`
      select state, last_check_at as "lastCheckAt", next_check_at as "nextCheckAt", available, paused_by as "pausedBy"
      from monitors where client_id = ${clientId}`;
    return row;
  }

  const publication = (clientId: string, more: Partial<PublishInput> = {}): PublishInput => ({
    clientId,
    at: noon,
    state: 'low',
    nextCheckAt: noon + minutes(60),
    nextWakeAt: null,
    lastCheckAt: noon,
    rules: { user: sentRule(2) },
    verdicts: [{ rule: 'user', reason: 'sent', episode: 2, number: 1, except: ['token'] }],
    available: '12.34',
    pausedBy: null,
    silences: { '*': noon + minutes(5) },
    wake: { below: '-5.00', above: '100.00' },
    records: [],
    ...more,
  });

  /** The state of a rule whose first notification of the episode was sent at noon. */
  const sentRule = (episode: number): RuleState => ({
    ...initialRuleState(5),
    count: 1,
    episode,
    periodFrom: noon,
    hourFrom: noon,
    lastNotifiedAt: noon,
    lowSince: noon,
  });

  const manualCheck = (updateId: string, at = noon): MonitorRecord => ({
    at,
    check: {
      cause: 'manual',
      state: 'low',
      available: '12.34',
      verdicts: [{ rule: 'user', reason: 'sent', episode: 2, number: 1, except: ['token'] }],
    },
    action: {
      name: 'monitor.check',
      actor: { ...actor, requestId: 'req-9' },
      reason: 'asked',
      before: {},
      after: { a: 1 },
      updateId,
    },
  });

  test('holds the times of a scheduled check that was recorded with the read, and of no other read', async () => {
    const clientId = await newClient({ balance: '5' });
    await observe(clientId);
    expect(await stored(clientId)).toMatchObject({ lastCheckAt: null, nextCheckAt: null });
    const check = { dueAt: noon, nextAt: noon + minutes(60) };
    await activities.recordCheckAndObserve({ clientId, at: noon + 3000, known: '', task: 1, check });
    expect(await stored(clientId)).toMatchObject({
      lastCheckAt: new Date(noon + 3000),
      nextCheckAt: new Date(noon + minutes(60)),
    });
  });

  test('shows what is published: state, bounds, the check and the audit row', async () => {
    const clientId = await newClient({ balance: '5' });
    await activities.publish(publication(clientId, { records: [manualCheck('a')] }));
    expect(await stored(clientId)).toMatchObject({ state: 'low', available: '12.340000', lastCheckAt: new Date(noon) });
    const [bounds] = await database.sql`
      select wake_below as "below", wake_above as "above" from balances where client_id = ${clientId}`;
    expect(bounds).toEqual({ below: '-5.000000', above: '100.000000' });
    const checks = await database.sql`select at, kind, state, verdicts from checks where client_id = ${clientId}`;
    expect(checks).toEqual([
      {
        at: new Date(noon),
        kind: 'manual',
        state: 'low',
        verdicts: [{ rule: 'user', reason: 'sent', episode: 2, number: 1, except: ['token'] }],
      },
    ]);
    const audit = await database.sql`
      select actor, action, reason, after, request_id as "requestId" from audit where client_id = ${clientId}`;
    expect(audit).toEqual([
      { actor: 'user:7', action: 'monitor.check', reason: 'asked', after: { a: 1 }, requestId: 'req-9' },
    ]);
  });

  test('a task that fails after it has read is not taken for an evaluation, and is found failing', async () => {
    const clientId = await newClient();
    const seen = async (): Promise<Record<string, unknown> | undefined> =>
      (
        await database.sql`select seen_at as at, read_repeats as repeats from monitors where client_id = ${clientId}`
      )[0];
    await observe(clientId, { task: 7 });
    const first = await seen();
    for (let repeat = 1; repeat <= 5; repeat++) await observe(clientId, { task: 7 });
    expect(await seen()).toEqual({ at: first?.['at'], repeats: 5 });
    await observe(clientId, { task: 12 });
    expect(await seen()).toMatchObject({ repeats: 0 });
  });

  test.each<[string, MonitorRecord[][]]>([
    [
      'whose first answer was lost',
      [[manualCheck('a')], [manualCheck('a'), manualCheck('b', noon + 1)], [manualCheck('b', noon + 1)]],
    ],
    [
      'made again by a task that was executed again, beside others',
      [[manualCheck('a')], [manualCheck('b', noon + 1), manualCheck('a')]],
    ],
  ])('keeps every record once: one %s', async (_, writes) => {
    const clientId = await newClient({ balance: '5' });
    for (const records of writes) await activities.publish(publication(clientId, { records }));
    const [written] = await database.sql`
      select (select count(*)::int from audit where client_id = ${clientId}) as audit,
        (select count(*)::int from checks where client_id = ${clientId}) as checks`;
    expect(written).toEqual({ audit: 2, checks: 2 });
  });

  test('what the last check said holds for a monitor that was started anew, until its first check', async () => {
    const clientId = await newClient();
    const said = async (): Promise<unknown> =>
      (await database.sql`select verdicts from monitors where client_id = ${clientId}`)[0]?.['verdicts'];
    const verdicts = [{ rule: 'client', reason: 'above_threshold' as const }];
    await activities.publish(publication(clientId, { verdicts }));
    await activities.publish(publication(clientId, { verdicts: [] }));
    expect(await said()).toEqual(verdicts);
    await activities.publish(publication(clientId, { verdicts: [], records: [manualCheck('a')] }));
    expect(await said()).toEqual([]);
  });

  test('a state keeps the instant since when it is so', async () => {
    const clientId = await newClient();
    const since = async (): Promise<unknown> =>
      (await database.sql`select state_since as "since" from monitors where client_id = ${clientId}`)[0]?.['since'];
    await activities.publish(publication(clientId));
    await activities.publish(publication(clientId, { at: noon + minutes(5) }));
    expect(await since()).toEqual(new Date(noon));
    await activities.publish(publication(clientId, { at: noon + minutes(9), state: 'ok' }));
    expect(await since()).toEqual(new Date(noon + minutes(9)));
  });

  test('gives back to a monitor that lost its run what was told last, and which mails were out', async () => {
    const clientId = await newClient();
    expect(await observe(clientId, { restore: true })).not.toHaveProperty('stored');
    const rules = { user: sentRule(2), client: sentRule(1) };
    await activities.publish(publication(clientId, { rules, pausedBy: 'user:7', records: [manualCheck('a')] }));
    for (const [rule, episode, status] of [
      ['user', 2, 'uncertain'],
      ['client', 1, 'retrying'],
    ] as const) {
      await insertNotification(database.sql, { clientId, rule, episode, status });
    }
    expect((await observe(clientId, { restore: true })).stored).toEqual({
      nextCheckAt: noon + minutes(60),
      lastCheckAt: noon,
      capacity: null,
      rules,
      counted: [{ rule: 'user', episode: 2, number: 1, decidedAt: expect.any(Number) as unknown }],
      pausedBy: 'user:7',
      silences: { '*': noon + minutes(5) },
    });
  });
});
