import { builtInLanguages } from '../../../src/mail/templates/index.js';
import { mailKinds, sampleVariables, type MailKind } from '../../../src/mail/variables.js';
import { sample, render, own } from '../../support/mail/rendering.js';

describe('an own template', () => {
  test('renders the syntax of the manuals unchanged', () => {
    const template = own({
      subject: "Low balance: ${client['balance_avail']} ${client['currency']}",
      text: "Limits: ${client['alert_threshold']}, ${client['alert_athreshold']}; {{ client.balance_avail }}",
    });
    const mail = render({ template });
    expect(mail).toMatchObject({
      fallback: null,
      subject: 'Low balance: 42.17 USD',
      text: 'Limits: 50.00, 100.00; 42.17',
    });
  });

  test('of an invoice has all that the manuals list, under its name', () => {
    const names = ['c_dt', 'type', 'amount', 'period_start', 'period_finish', 'due_date', 'no', 'descr', 'tz', 'state'];
    const values = [...names, 'name'].map((name) => `\${invoice['${name}']}`);
    const template = own({ subject: "${invoice['no']}", text: [...values, "${client['currency']}"].join('|') });
    const sent =
      '2026-04-01|outgoing|119.00|2026-03-01|2026-03-31|2026-04-15|INV-000042|March and porting|Europe/Kyiv|unpaid|Customer A|USD';
    for (const kind of ['invoice', 'invoice_reminder', 'invoice_overdue'] as const) {
      expect(render({ kind, template })).toMatchObject({ fallback: null, subject: 'INV-000042', text: sent });
    }
  });

  test('compares amounts as amounts', () => {
    const at = (balance_avail: string, source: string) =>
      render({ variables: sample('low_balance', { client: { balance_avail } }), template: own({ text: source }) }).text;
    expect(at('9.5', '{% if client.balance_avail < 10 %}yes{% else %}no{% endif %}')).toBe('yes');
    expect(at('-100.00', '{% if client.balance_avail < -20 %}yes{% else %}no{% endif %}')).toBe('yes');
    expect(at('10.000000', '{% if client.balance_avail == 10 %}yes{% else %}no{% endif %}')).toBe('yes');
    expect(at('0.00', '{% if client.balance_avail %}yes{% else %}no{% endif %}')).toBe('no');
    expect(at('', '{% if client.balance_avail < 10 or client.balance_avail >= 10 %}yes{% else %}no{% endif %}')).toBe(
      'no',
    );
    expect(at('999999999999.999999', '{% if client.balance_avail > 999999999999.5 %}yes{% else %}no{% endif %}')).toBe(
      'yes',
    );
  });

  test.each([
    ["{{ client.name | upper }} {{ client.name | lower }} {{ ' x ' | trim }}", 'CUSTOMER A customer a x'],
    ["{{ available_converted | default('n/a') }} {{ client.name | default('n/a') }}", 'n/a Customer A'],
    ['{{ client.name | truncate(5) }}', 'Cust…'],
    [
      '{{ client.balance_live | round(1) }} {{ client.balance_live | round }} {{ client.balance_live | round(0) }}',
      '-7.8 -7.83 -8',
    ],
    ["{{ checked_at | date('iso') }} {{ checked_at | date('date') }}", '2026-05-12T11:05:00Z 12 May 2026'],
    ['a {%- if now -%} b {%- endif -%} c ${- client.name -} d', 'abcCustomer Ad'],
    ["{{ '${' }}{% raw %}{{ x }}{% endraw %}{# gone #}", '${{{ x }}'],
  ])('%s', (source, text) => {
    expect(render({ template: own({ text: source }) }).text).toBe(text);
  });

  test('groups digits as the reader does', () => {
    const variables = sample('low_balance', { client: { balance_avail: '-1234567.50' } });
    const template = own({ text: '{{ client.balance_avail }} {{ client.balance_avail | money }}' });
    expect(render({ variables, template }).text).toBe('-1234567.50 -1,234,567.50');
    expect(render({ variables, template, locale: 'uk' }).text).toBe('-1234567.50 -1\u00a0234\u00a0567,50');
  });

  test('may leave out the text or the HTML', () => {
    const html =
      '<head><title>t</title></head><style>a{}</style><p>Hello &amp; <b>{{ client.name }}</b></p><a href="{{ links.client }}">Open</a>';
    expect(render({ template: own({ html, text: '' }) }).text).toBe(
      'Hello & Customer A\n\nOpen (https://lowwater.example/clients/17)\n',
    );
    const variables = sample('low_balance', { client: { name: '<b>' } });
    expect(render({ variables, template: own({ html: ' ', text: 'Hello {{ client.name }}' }) }).html).toContain(
      'Hello &lt;b&gt;',
    );
  });

  test.each([
    ['that does not parse', own({ text: '{% if %}' }), /^text, line 1, column \d+: /],
    ['that reaches outside its variables', own({ html: '${ range.constructor("x")() }' }), /^html, line 1, /],
    ['without a subject', own({ subject: '{{ available_converted }}' }), /subject is empty/],
    ['without a body', own({ html: '', text: '\n' }), /both the HTML and the text are empty/],
    ['that is too long', own({ text: 'x'.repeat(70_000) }), /maximum is 65536/],
  ])('%s is replaced by the built-in, with the reason', (_what, template, reason) => {
    const mail = render({ template });
    expect(mail.fallback?.reason).toMatch(reason);
    expect(mail.subject).toBe('Low balance: 42.17 USD available');
    expect(mail.text).toContain('What to do next');
  });

  test('that writes without end is stopped and replaced', () => {
    const facts = Array.from({ length: 100 }, () => ({ label: 'l', value: 'v' }));
    const variables = { ...sampleVariables('staff_event'), event: { title: 'A', detail: 'B', facts } };
    const twice = (body: string) =>
      `{% for a in event.facts %}{% for b in event.facts %}${body}{% endfor %}{% endfor %}`;
    const long = render({ kind: 'staff_event', variables, template: own({ text: twice('x'.repeat(60_000)) }) });
    expect(long.fallback?.reason).toContain('256 K characters');
    const busy = render({
      kind: 'staff_event',
      variables,
      template: own({ text: twice('{% if a.label == "x" %}{% endif %}'.repeat(20)) }),
    });
    expect(busy.fallback?.reason).toContain('steps');
  });
});

describe('a hostile value', () => {
  const name = '<script>alert(1)</script>" onload="x\' & \r\nBcc: all@example.com\u202e{{ range() }} ${client}';
  const hostile = (language: string, kind: MailKind = 'low_balance') =>
    render({
      kind,
      locale: language,
      variables: sample(kind, {
        client: { name },
        reseller: { name },
        event: { title: name, detail: name },
      }),
    });

  test.each(mailKinds)('is escaped in the HTML of %s and breaks no header', (kind) => {
    for (const language of builtInLanguages) {
      const mail = hostile(language, kind);
      expect(mail.fallback).toBeNull();
      expect(mail.html).not.toMatch(/<script|onload="x/);
      expect(mail.subject).not.toMatch(/[\r\n\u202e]/);
      expect(mail.subject.length).toBeLessThanOrEqual(200);
    }
  });

  test('is plain in the text part, and is no template itself', () => {
    const text = hostile('en').text;
    expect(text).toContain('<script>alert(1)</script>');
    expect(text).toContain('{{ range() }}');
  });

  test('gets into no address: links are http or nothing', () => {
    for (const client of [
      'javascript:alert(1)',
      'data:text/html,x',
      'https://x.example/" onclick="y',
      ' https://x.example',
    ]) {
      const template = own({ html: '<a href="{{ links.client }}">x</a>' });
      expect(render({ template, variables: sample('low_balance', { links: { client } }) }).html).toBe(
        '<a href="">x</a>',
      );
    }
  });

  test('of any length leaves the built-in standing', () => {
    const mail = render({
      variables: sample('low_balance', { client: { name: 'n'.repeat(1_000_000) }, rule: { audience: 'user' } }),
    });
    expect(mail.fallback).toBeNull();
    expect(mail.html.length).toBeLessThan(30_000);
    expect(mail.subject).toMatch(/^Low balance: n{186}…$/);
  });

  test('brings no prototype and no getter along', () => {
    const trap = Object.defineProperty({}, 'name', { enumerable: true, get: () => 'from a getter' });
    const inherited: Record<string, string> = Object.create({ name: 'inherited' });
    for (const client of [trap, inherited]) {
      const mail = render({ variables: { client }, template: own({ text: '[{{ client.name }}]' }) });
      expect(mail.text).toBe('[]');
    }
  });

  test('is kept apart from other variables of the caller', () => {
    const mail = render({
      variables: { client: { name: 'A', secret: 's3cret' } },
      template: own({ text: '{{ client.secret }}' }),
    });
    expect(mail.fallback).not.toBeNull();
    expect(JSON.stringify(mail)).not.toContain('s3cret');
  });
});
