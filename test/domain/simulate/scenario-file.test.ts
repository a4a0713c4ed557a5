import { parseScenario } from '../../../src/simulate/parse.js';

const at = '2026-03-01T01:00:00Z';

function parse(fields: { events?: object[]; warningThresholds?: string[]; balanceModel?: string }) {
  const { events = [], warningThresholds = [], balanceModel = 'prepaid' } = fields;
  const story = {
    scenario: 1,
    name: 'a file',
    start: '2026-03-01T00:00:00Z',
    until: '2026-03-02T00:00:00Z',
    client: { name: 'Acme', currency: 'USD', balanceModel, warningThresholds },
    events,
    expect: { notifications: [] },
  };
  return parseScenario(JSON.stringify(story), 'story.json');
}

test('events of silence, pause, reset, and balance model are read', () => {
  const events = [
    { at, silence: { until: '2026-03-01T02:00:00Z' } },
    { at, silence: { rule: 'warning:40.00', until: '2026-03-01T02:00:00Z' } },
    { at, pause: true },
    { at, resume: true },
    { at, resetCounter: { rule: 'warning:40.00' } },
    { at, balanceModel: 'unlimited' },
  ];
  const untilMs = Date.parse('2026-03-01T02:00:00Z');
  const read = parse({ events, warningThresholds: ['40'] }).events.map(({ atMs, ...happening }) => {
    expect(atMs).toBe(Date.parse(at));
    return happening;
  });
  expect(read).toEqual([
    { kind: 'silence', rule: null, untilMs },
    { kind: 'silence', rule: 'warning:40.00', untilMs },
    { kind: 'pause' },
    { kind: 'resume' },
    { kind: 'resetCounter', rule: 'warning:40.00' },
    { kind: 'balanceModel', balanceModel: 'unlimited' },
  ]);
});

test.each([
  [{ silence: { until: at } }, 'events[0].silence.until: must be later than the event'],
  [
    { silence: { rule: 'user', until: '2026-03-01T02:00:00Z' } },
    'events[0].silence.rule: must be one of warning:40.00',
  ],
  [{ resetCounter: { rule: 'warning:40' } }, 'events[0].resetCounter.rule: must be one of warning:40.00'],
  [{ resetCounter: {} }, 'events[0].resetCounter.rule: '],
  [{ pause: false }, 'events[0].pause: '],
  [{ balanceModel: 'free' }, 'events[0].balanceModel: '],
])('%j is refused with its file and field', (happening, message) => {
  const read = () => parse({ events: [{ at, ...happening }], warningThresholds: ['40.0'] });
  expect(read).toThrow('story.json is not a scenario');
  expect(read).toThrow(message);
});

test('a warning threshold that repeats a value is refused with its position', () => {
  const read = (warningThresholds: string[]) => () => parse({ warningThresholds, balanceModel: 'postpaid' });
  expect(read(['40', '75%', '40.00'])).toThrow(
    'client.warningThresholds[2]: "40.00" is the same threshold as "40" at position 0',
  );
  expect(read(['75.0%', '075%'])).toThrow(
    'client.warningThresholds[1]: "075%" is the same threshold as "75.0%" at position 0',
  );
});
