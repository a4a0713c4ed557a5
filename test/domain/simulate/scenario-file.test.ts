import { parseCompanyScenario } from '../../../src/simulate/parse-company.js';
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
  [{ tags: [''] }, 'events[0].tags[0]: '],
  [{ expireSilence: { id: 'works' } }, 'events[0].expireSilence.id: must be the id of an earlier clientsSilence'],
  [
    { clientsSilence: { profile: true, until: '2026-03-01T02:00:00Z' } },
    'events[0].clientsSilence.profile: must be left out: the client has no profile',
  ],
  [
    { clientsSilence: { from: '2026-03-01T02:00:00Z', until: '2026-03-01T02:00:00Z' } },
    'events[0].clientsSilence.until: must be later than the event and than from',
  ],
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

test('silences over many clients have an id of their own, and are ended once, before they end', () => {
  const until = '2026-03-01T02:00:00Z';
  const events = [
    { at, clientsSilence: { id: 'works', until } },
    { at, clientsSilence: { id: 'works', until } },
    { at: until, expireSilence: { id: 'works' } },
    { at: until, expireSilence: { id: 'works' } },
  ];
  const read = () => parse({ events });
  expect(read).toThrow('events[1].clientsSilence.id: must differ from that of another silence: "works"');
  expect(read).toThrow('events[2].expireSilence.id: the silence "works" has ended by then');
  expect(read).toThrow('events[3].expireSilence.id: must be the id of an earlier clientsSilence');
});

describe('channels', () => {
  const noc = { name: 'NOC', format: 'slack_webhook' };
  const gateway = { name: 'Gateway', format: 'sms_json' };
  const phone = '+380441234567';
  const mail = { at, rule: 'user', to: ['slack:NOC'], available: '1.00', number: 1 };
  const read = (channels: object[], recipients: object[], events: object[] = [], notifications: object[] = []) => {
    const profile = { name: 'default', currency: 'USD', periodHours: 24, userRule: { channels: recipients } };
    const story = {
      ...{
        scenario: 1,
        name: 'a file',
        start: '2026-03-01T00:00:00Z',
        until: '2026-03-02T00:00:00Z',
        channels,
        profile,
      },
      ...{ client: { name: 'Acme', currency: 'USD', balanceModel: 'prepaid' }, events, expect: { notifications } },
    };
    return parseScenario(JSON.stringify(story), 'story.json');
  };

  test('are recipients of rules, an edit of the profile included, and their receivers change', () => {
    const advancedRules = [{ key: 'low', channels: [{ channel: 'NOC' }] }];
    const { profile, events } = read(
      [noc, gateway],
      [{ channel: 'Gateway', address: phone }],
      [
        { at, profile: { advancedRules } },
        { at, channel: { name: 'NOC', receiver: 'gone' } },
      ],
    );
    expect(profile?.rules[0]?.channels).toEqual([{ channel: gateway, address: phone }]);
    expect(events[0]).toMatchObject({ profile: { rules: [{}, {}, { channels: [{ channel: noc, address: null }] }] } });
    expect(events[1]).toMatchObject({ kind: 'channel', name: 'NOC', receiver: 'gone' });
  });

  const oneOf = 'must be the name of a channel: NOC, Gateway';
  const phoneNeeded = 'must be a phone number with its country code, such as "+380501234567"';
  test.each([
    [[{ ...noc, format: 'email' }], [], [], [], 'channels[0].format: must be one of slack_webhook, teams_workflow, '],
    [[{ ...noc, name: 'a:b' }], [], [], [], 'channels[0].name: must be 1 to 64 characters without ":" and "@"'],
    [[noc, { ...gateway, name: 'noc' }], [], [], [], 'channels[1].name: must differ from that of channels[0]'],
    [[], [{ channel: 'NOC' }], [], [], 'profile.userRule.channels[0].channel: must be the name of a channel: add it'],
    [[noc, gateway], [{ channel: 'Noc' }], [], [], `profile.userRule.channels[0].channel: ${oneOf}`],
    [[gateway], [{ channel: 'Gateway' }], [], [], `profile.userRule.channels[0].address: ${phoneNeeded}`],
    [[gateway], [{ channel: 'Gateway', address: '044' }], [], [], `channels[0].address: ${phoneNeeded}`],
    [
      [noc],
      [{ channel: 'NOC', address: phone }],
      [],
      [],
      'profile.userRule.channels[0].address: must be left out: the channel "NOC" is the address',
    ],
    [
      [noc, gateway],
      [],
      [{ at, profile: { advancedRules: [{ key: 'a' }, { key: 'b', channels: [{ channel: 'x' }] }] } }],
      [],
      `events[0].profile.advancedRules[1].channels[0].channel: ${oneOf}`,
    ],
    [[noc, gateway], [], [{ at, channel: { name: 'x', receiver: 'up' } }], [], `events[0].channel.name: ${oneOf}`],
    [
      [noc],
      [],
      [{ at, channel: { name: 'NOC', receiver: 'off' } }],
      [],
      'events[0].channel.receiver: must be one of up, down, gone',
    ],
    [
      [noc],
      [],
      [],
      [{ ...mail, failed: ['slack:Noc'] }],
      'expect.notifications[0].failed[0]: must be one of the recipients in to',
    ],
  ])(
    '%j with recipients %j, events %j, and expected %j are refused',
    (channels, recipients, events, mails, message) => {
      expect(() => read(channels, recipients, events, mails)).toThrow(message);
    },
  );
});

describe('the file of a company', () => {
  const side = { threshold: '10.00', alarmEmails: ['finance@carrier.example'] };
  const parseCompany = (company: object, events: object[] = [], rest: object = {}) =>
    parseCompanyScenario(
      {
        ...{ scenario: 1, name: 'a file', start: '2026-03-01T00:00:00Z', until: '2026-03-02T00:00:00Z' },
        ...{ company: { name: 'Carrier', currency: 'USD', ...company }, events, expect: { notifications: [] } },
        ...rest,
      },
      'story.json',
    );

  test('has the defaults of the service, and a side that is left out is off', () => {
    const { company, runEveryMs, events } = parseCompany({ theirCurrency: 'EUR', their: side }, [
      { at, threshold: { side: 'their', threshold: '5.00' } },
    ]);
    expect(runEveryMs).toBe(300_000);
    expect(company.sides.their).toEqual({ ...side, enabled: true, currency: 'EUR' });
    expect(company.sides.mutual).toEqual({ enabled: false, threshold: null, currency: 'USD', alarmEmails: [] });
    expect(events[0]).toMatchObject({ kind: 'threshold', fields: { ...side, threshold: '5.00', enabled: true } });
  });

  const charge = { side: 'their', amount: '1.00' };
  test.each([
    [{ their: { ...side, threshold: null } }, [], {}, 'company.their.threshold: is required: the side is enabled'],
    [{ our: { threshold: '1' } }, [], {}, 'company.our.alarmEmails: must have an address: the side is enabled'],
    [{ maxAgeMinutes: 5 }, [], {}, 'company.maxAgeMinutes: must be left out: only reported balances become old'],
    [{ their: side }, [], { client: {} }, 'client: is an unknown field'],
    [{ their: side }, [], { runEveryMinutes: 4 }, 'runEveryMinutes: '],
    [{}, [{ at, charge: '1.00' }], {}, 'events[0].charge: '],
    [{}, [{ at, charge: { ...charge, side: 'mutual' } }], {}, 'events[0].charge.side: '],
    [
      {},
      [{ at, charge, mail: 'up' }],
      {},
      'events[0]: charge and mail in one event: besides "at", use exactly one of ',
    ],
    [{ source: 'reported' }, [{ at, charge }], {}, 'events[0].charge: must be "balances"'],
    [{}, [{ at, balances: { their: null, our: null } }], {}, 'events[0].balances: must be an entry'],
    [{ ourCurrency: 'EUR' }, [{ at, netting: '1.00' }], {}, 'events[0].netting: must be left out'],
    [
      {},
      [{ at: '2026-03-01T01:02:59Z', charge }],
      {},
      'events[0].at: must be at a run of the controller, or at least 3 minutes after it',
    ],
    [
      { their: side },
      [{ at, threshold: { side: 'their', alarmEmails: [] } }],
      {},
      'events[0].threshold.alarmEmails: must have an address: the side is enabled',
    ],
  ])('%j with %j and %j is refused with its field', (company, events, rest, message) => {
    expect(() => parseCompany(company, events, rest)).toThrow(message);
  });
});
