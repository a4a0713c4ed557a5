import { hourMs, minuteMs, rule, startMs } from '../support/client.js';
import { administrator, describeCommands, Monitor } from '../support/monitor.js';

/** Low and notified once at the start. */
function notified(): Monitor {
  const monitor = new Monitor([rule({ trigger: 'change', maxNotifications: 1 })]);
  monitor.check(0, '40.00');
  monitor.take(0, { type: 'deliveryEnded', rule: 'client', episode: 1, number: 1, outcome: 'accepted' });
  monitor.take(0, { type: 'published' });
  return monitor;
}

test('a request is recorded by the next evaluation, and answered when its record is written', () => {
  const monitor = notified();
  monitor.request(5, 'a', { kind: 'resetRule', rule: 'client' });
  expect(monitor.commands).toEqual([]);
  expect(describeCommands(monitor.change(5, '40.00'))).toEqual(['notify client 2/1', 'publish']);
  expect(monitor.state.records.map(({ requestId, action }) => [requestId, action?.updateId, action?.name])).toEqual([
    ['a', 'a', 'rule.reset'],
    [undefined, undefined, undefined],
  ]);
  expect(monitor.take(5, { type: 'writeFailed' })).toEqual([]);
  expect(monitor.state.records).toHaveLength(2);
  expect(describeCommands(monitor.take(6, { type: 'published' }))).toEqual(['answer a done']);
  expect(monitor.take(6, { type: 'published' })).toEqual([]);
});

test('an audit row says who, why, and what was before', () => {
  const monitor = notified();
  monitor.request(5, 'a', { kind: 'resetRule', rule: 'client' });
  monitor.change(5, '40.00');
  expect(monitor.state.records[0]).toMatchObject({
    at: startMs + 5 * minuteMs,
    action: {
      name: 'rule.reset',
      actor: administrator,
      reason: 'because',
      before: { rule: 'client', count: 1 },
      after: { rule: 'client', count: 0 },
    },
  });
});

test('a manual check evaluates all rules, obeys the period, and does not move the schedule', () => {
  const monitor = new Monitor([rule()]);
  monitor.check(0, '60.00');
  monitor.take(0, { type: 'published' });
  const { schedule } = monitor.state;
  monitor.request(5, 'a', { kind: 'checkNow' });
  monitor.request(5, 'b', { kind: 'checkNow' });
  expect(describeCommands(monitor.change(5, '40.00'))).toContain('notify client 1/1');
  expect(monitor.state.schedule).toBe(schedule);
  expect(monitor.state.lastCheckAt).toBe(startMs + 5 * minuteMs);
  expect(monitor.take(5, { type: 'published' })).toEqual(
    ['a', 'b'].map((requestId) => ({
      type: 'answer',
      requestId,
      answer: {
        kind: 'checked',
        at: startMs + 5 * minuteMs,
        check: {
          cause: 'manual',
          state: 'low',
          available: '40.00',
          verdicts: [{ rule: 'client', reason: 'sent', episode: 1, number: 1 }],
        },
      },
    })),
  );
  monitor.request(6, 'c', { kind: 'checkNow' });
  monitor.change(6, '40.00');
  expect(monitor.reasons).toEqual(['period_not_elapsed']);
});

test('requests of one instant apply in their order, then one evaluation', () => {
  const monitor = notified();
  monitor.request(5, 'a', { kind: 'pause' });
  monitor.request(5, 'b', { kind: 'resume' });
  monitor.change(5, '40.00');
  expect(monitor.reasons).toEqual(['max_reached']);
  expect(monitor.state.records.map(({ action }) => action?.name)).toEqual(['monitor.pause', 'monitor.resume']);
});

test('a pause calls off what waits and stops every rule until it ends', () => {
  const monitor = new Monitor([rule({ trigger: 'change' })]);
  monitor.check(0, '40.00');
  monitor.request(5, 'a', { kind: 'pause' });
  expect(describeCommands(monitor.change(5, '40.00'))).toEqual(['cancelDelivery client 1/1', 'publish']);
  expect([monitor.reasons, monitor.state.clientState, monitor.state.pausedBy]).toEqual([
    ['paused'],
    'paused',
    'user:1',
  ]);
  monitor.take(5, { type: 'deliveryEnded', rule: 'client', episode: 1, number: 1, outcome: 'failed' });
  monitor.request(6, 'b', { kind: 'resume' });
  expect(describeCommands(monitor.change(6, '40.00'))).toContain('notify client 1/1');
});

test('a silence ends by itself or by a person, and the rule sends as soon as it may', () => {
  const monitor = new Monitor([rule({ trigger: 'change' })]);
  monitor.check(0, '60.00');
  monitor.request(1, 'a', { kind: 'silence', rule: 'client', until: startMs + hourMs });
  monitor.change(1, '40.00');
  expect(monitor.reasons).toEqual(['silenced']);
  expect(monitor.state.nextWakeAt).toBe(startMs + hourMs);
  monitor.request(2, 'b', { kind: 'silence', rule: 'client', until: null });
  expect(describeCommands(monitor.change(2, '40.00'))).toContain('notify client 1/1');
  expect(monitor.state.silences).toEqual({});
});

describe('a request is refused at once, with its field, and without a record', () => {
  test.each(['resetRule', 'silence'] as const)('%s of a rule that the client does not have', (kind) => {
    const monitor = notified();
    monitor.request(5, 'a', { kind, rule: 'user', until: startMs + hourMs });
    expect(monitor.change(5, '40.00')).toContainEqual({
      type: 'answer',
      requestId: 'a',
      answer: expect.objectContaining({ kind: 'refused', code: 'unknown_rule', pointer: '/rule' }) as unknown,
    });
    expect(monitor.state.records.filter(({ action, requestId }) => action ?? requestId)).toEqual([]);
  });

  test('more silences of single rules than there is room for', () => {
    const keys = Array.from({ length: 21 }, (_, index) => `advanced:${index}`);
    const monitor = new Monitor(keys.map((key) => rule({ key })));
    monitor.check(0, '60.00');
    for (const key of keys) monitor.request(1, key, { kind: 'silence', rule: key, until: startMs + hourMs });
    const refused = monitor.change(1, '60.00').filter(({ type }) => type === 'answer');
    expect(describeCommands(refused)).toEqual(['answer advanced:20 refused']);
    expect(Object.keys(monitor.state.silences)).toHaveLength(20);
  });
});

test('a request waits while the client cannot be read', () => {
  const monitor = notified();
  monitor.request(5, 'a', { kind: 'pause' });
  monitor.take(5, { type: 'readFailed' });
  expect(monitor.state.requests).toHaveLength(1);
  monitor.change(6, '40.00');
  expect(monitor.state.requests).toEqual([]);
  expect(describeCommands(monitor.take(6, { type: 'published' }))).toEqual(['answer a done']);
});
