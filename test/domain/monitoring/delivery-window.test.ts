import { runOnDomain } from '../../../src/simulate/domain-engine.js';
import { parseScenario } from '../../../src/simulate/parse.js';
import { playByOracle } from '../../support/oracle/index.js';

/** Low from 00:10 on while the mail server is down; the window of that notification closes at 00:40. */
function notified(...events: object[]): string[] {
  const scenario = parseScenario(
    JSON.stringify({
      scenario: 1,
      name: 'a window closes',
      start: '2026-03-01T00:00:00Z',
      until: '2026-03-01T06:00:00Z',
      client: {
        name: 'Acme',
        currency: 'USD',
        balanceModel: 'prepaid',
        openingBalance: '60.00',
        creditLimit: '0.00',
        billingEmail: 'billing@acme.example',
        ownerEmail: 'owner@operator.example',
        warningThresholds: ['25.00'],
        checkEveryMinutes: 180,
      },
      events: [
        { at: '2026-03-01T00:05:00Z', mail: 'down' },
        { at: '2026-03-01T00:10:00Z', charge: '50.00' },
        ...events,
        { at: '2026-03-01T00:50:00Z', mail: 'up' },
      ],
      expect: { notifications: [] },
    }),
    'window.json',
  );
  const sent = runOnDomain(scenario);
  expect(playByOracle(scenario)).toEqual(sent);
  return sent.map(({ at, number }) => `${at.slice(11, 16)} ${number}`);
}

test('without anything else the rule waits an hour from its failed decision', () => {
  expect(notified()).toEqual(['01:10 1']);
});

test('a manual check at the instant at which the window closes decides the notification again', () => {
  expect(notified({ at: '2026-03-01T00:40:00Z', checkNow: true })).toEqual(['00:40 1']);
});

test('a refill at that instant ends the wait that has just begun', () => {
  expect(notified({ at: '2026-03-01T00:40:00Z', payment: { id: 'p-1', amount: '5.00' } })).toEqual(['00:40 1']);
});

test('charges while the notification waits do not keep the rule asleep after its failure', () => {
  const events = ['00:20', '00:30', '00:45'].map((time) => ({ at: `2026-03-01T${time}:00Z`, charge: '0.01' }));
  expect(notified(...events)).toEqual(['01:10 1']);
});
