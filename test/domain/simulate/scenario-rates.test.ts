import { parseScenario } from '../../../src/simulate/parse.js';

function parse(...exchangeRates: object[]) {
  const story = {
    scenario: 1,
    name: 'a file',
    start: '2026-03-01T00:00:00Z',
    until: '2026-03-02T00:00:00Z',
    exchangeRates,
    client: { name: 'Acme', currency: 'USD', balanceModel: 'prepaid' },
    expect: { notifications: [] },
  };
  return parseScenario(JSON.stringify(story), 'story.json');
}

const at = '2026-03-01T01:00:00Z';

test('a second rate of one pair at one instant is refused with its position', () => {
  const rates = [
    { from: 'USD', to: 'EUR', rate: '0.9', at },
    { from: 'EUR', to: 'USD', rate: '1.1', at },
  ];
  expect(parse(...rates).rates).toHaveLength(2);
  expect(() => parse(...rates, { from: 'USD', to: 'EUR', rate: '0.91', at })).toThrow(
    'exchangeRates[2].at: must differ from that of exchangeRates[0], which has the same currencies',
  );
});
