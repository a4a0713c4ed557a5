import { instantsOf } from '../../local-stack/src/simulate/instants.js';
import { parseScenario } from '../../src/simulate/parse.js';

const at = (minute: number) => `2026-03-01T00:${String(minute).padStart(2, '0')}:00Z`;

test('instants are the start, those of events, and those from which a rate is effective, up to the end', () => {
  const scenario = parseScenario(
    JSON.stringify({
      scenario: 1,
      name: 'a story',
      start: at(0),
      until: at(30),
      exchangeRates: [5, 10, 40].map((minute) => ({ from: 'EUR', to: 'USD', rate: `1.${minute}`, at: at(minute) })),
      client: {
        name: 'Client',
        currency: 'EUR',
        balanceModel: 'prepaid',
        openingBalance: '10.00',
        creditLimit: '0.00',
        status: 'active',
        billingEmail: null,
        ownerEmail: null,
        warningThresholds: [],
        timezone: 'UTC',
      },
      events: [
        { at: at(10), charge: '1.00' },
        { at: at(10), checkNow: true },
        { at: at(20), pause: true },
        { at: at(31), resume: true },
      ],
      expect: { notifications: [] },
    }),
    'a story',
  );
  const instants = instantsOf(scenario).map(({ atMs, events }) => [
    (atMs - scenario.startMs) / 60_000,
    events.map(({ kind }) => kind),
  ]);
  expect(instants).toEqual([
    [0, []],
    [5, []],
    [10, ['charge', 'checkNow']],
    [20, ['pause']],
  ]);
});
