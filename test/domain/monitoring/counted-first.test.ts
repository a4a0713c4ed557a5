import { client, dayMs, Evaluations, minuteMs, rule, rules, warning } from '../support/client.js';

/** The first notification of rules that are low when a client is imported counts as sent: what is sent after it. */

const day = dayMs / minuteMs;
const imported = (live: string, changes: Parameters<typeof client>[1] = {}): ReturnType<typeof client> =>
  client(live, { ...changes, countsFirst: true });

test('a low rule takes the number and the period of a notification, and sends the second one after it', () => {
  const evaluations = new Evaluations(rules([rule()]));
  expect(evaluations.at(0, imported('10'))).toBe('client: period_not_elapsed');
  expect(evaluations.ruleStates['client']).toMatchObject({ count: 1, episode: 1, lastNotifiedAt: null });
  expect(evaluations.at(1, client('9'))).toBe('client: period_not_elapsed');
  expect(evaluations.at(day, client('9'))).toBe('client: sent 2');
});

test('a rule of one notification sends none until it is refilled', () => {
  const evaluations = new Evaluations(rules([rule({ maxNotifications: 1 }), warning('25.00')]));
  expect(evaluations.at(0, imported('10'))).toBe('client: max_reached, warning:25.00: max_reached');
  expect(evaluations.at(3 * day, client('10'))).toBe('client: max_reached, warning:25.00: max_reached');
  expect(evaluations.at(4 * day, client('80', { refillSeq: 1 }))).toBe(
    'client: above_threshold, warning:25.00: above_threshold',
  );
  expect(evaluations.at(5 * day, client('10', { refillSeq: 1 }))).toBe('client: sent 1, warning:25.00: sent 1');
});

test('a rule that is not low at first sends once it is', () => {
  const evaluations = new Evaluations(rules([rule()]));
  expect(evaluations.at(0, imported('80'))).toBe('client: above_threshold');
  expect(evaluations.at(1, imported('10'))).toBe('client: sent 1');
});

test('neither a pause nor a missing rate uses it up', () => {
  const evaluations = new Evaluations(rules([rule()]));
  expect(evaluations.at(0, imported('10', { paused: true }))).toBe('client: paused');
  expect(evaluations.at(1, imported('10', { rate: null }))).toBe('client: no_rate');
  expect(evaluations.at(2, imported('10'))).toBe('client: period_not_elapsed');
});

test('an event counts as a notification does, and a capacity applies at once', () => {
  const event = rule({ action: 'event', maxNotifications: 1, recipients: [] });
  const capacity = { ...rule({ action: 'capacity', maxNotifications: null, recipients: [] }), key: 'capacity-own' };
  const evaluations = new Evaluations(rules([event, capacity]));
  expect(evaluations.at(0, imported('10'))).toBe('client: max_reached, capacity-own: sent');
});
