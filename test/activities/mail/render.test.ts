import { notificationKinds } from '../../../src/domain/mail-kinds.js';
import { checkTemplate } from '../../../src/mail/guard/guard.js';
import type { MailTemplate } from '../../../src/mail/mail-template.js';
import { renderMail, type MailToRender } from '../../../src/mail/render.js';
import { builtInLanguages, builtInTemplate, languageOf } from '../../../src/mail/templates/index.js';
import { mailKinds, sampleVariables, type MailKind, type MailVariables } from '../../../src/mail/variables.js';

type Group = Readonly<Record<string, string | number | null>>;

/** The sample of a kind, with some values replaced: `{ client: { name: 'X' }, threshold: '5.00' }`. */
function sample(kind: MailKind, changes: Readonly<Record<string, string | Group>> = {}): MailVariables {
  const merged: Record<string, MailVariables[string]> = { ...sampleVariables(kind) };
  for (const [name, change] of Object.entries(changes)) {
    const before = merged[name];
    merged[name] = typeof change === 'string' || typeof before !== 'object' ? change : { ...before, ...change };
  }
  return merged;
}

function render(changes: Partial<MailToRender> = {}) {
  const kind = changes.kind ?? 'low_balance';
  return renderMail({
    kind,
    template: null,
    variables: sample(kind),
    locale: 'en',
    timeZone: 'Europe/Kyiv',
    ...changes,
  });
}

const own = (template: Partial<MailTemplate>): MailTemplate => ({
  subject: 'S',
  html: '<p>H</p>',
  text: 'T',
  ...template,
});

describe.each(mailKinds.flatMap((kind) => builtInLanguages.map((language) => [kind, language] as const)))(
  'the built-in mail %s in %s',
  (kind, language) => {
    test('passes the guard', () => {
      const template = builtInTemplate(kind, language);
      for (const part of ['subject', 'html', 'text'] as const)
        expect(checkTemplate(template[part], { kind, part })).toEqual([]);
    });

    test('renders whole, in HTML and text', () => {
      const mail = render({ kind, locale: language });
      expect(mail.fallback).toBeNull();
      for (const part of [mail.subject, mail.html, mail.text]) {
        expect(part.trim()).not.toBe('');
        expect(part).not.toMatch(/\{\{|\$\{|\{%|undefined|\[object|NaN/);
      }
      expect(mail.html).toContain(`<html lang="${language}">`);
      expect(mail.html.match(/<table/g)).toHaveLength(mail.html.match(/<\/table>/g)?.length ?? 0);
    });

    test('renders with nothing known at all', () => {
      const mail = render({ kind, locale: language, variables: {} });
      expect(mail.fallback).toBeNull();
      expect(mail.text).not.toMatch(/undefined|null|NaN/);
    });
  },
);

describe('a low balance mail', () => {
  test('to the client has the number first, the threshold, what to do and whom to ask', () => {
    const mail = render();
    expect(mail.subject).toBe('Low balance: 42.17 USD available');
    expect(mail.text.split('\n')[0]).toBe('42.17 USD');
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('50.00 USD');
      expect(part).toContain('What to do next');
      expect(part).toContain('billing@company.example');
      expect(part).not.toContain('lowwater.example');
    }
  });

  test('to the staff names the client and leads to its page', () => {
    const mail = render({
      variables: sample('low_balance', { rule: { key: 'user', audience: 'user' }, threshold: '100.00' }),
    });
    expect(mail.subject).toBe('Low balance: Customer A has 42.17 USD, threshold 100.00 USD');
    expect(mail.html).toContain('href="https://lowwater.example/clients/17"');
    expect(mail.text).toContain('Low balance profile "default", rule user.');
  });

  test.each([
    ['1', '3', false],
    ['3', '3', true],
    ['3', 'unlimited', false],
    ['1', '1', true],
  ])('numbered %s of %s is the last one: %s', (number, max, isLast) => {
    const mail = render({ variables: sample('low_balance', { rule: { number, max } }) });
    expect(/(only notice|the last) until the balance is refilled/.test(mail.text)).toBe(isLast);
    expect(mail.subject.startsWith('Final notice')).toBe(isLast && max !== '1');
    expect(mail.text).toContain(max === 'unlimited' ? 'Notice: 3\n' : `Notice: ${number} of ${max}\n`);
  });

  test('shows the converted balance where currencies differ', () => {
    const mail = render({
      variables: sample('low_balance', { available_converted: '38.91', threshold_currency: 'EUR' }),
    });
    expect(mail.text).toContain('Available in EUR: 38.91 EUR');
  });

  test('shows times in the time zone and the language of the client', () => {
    expect(render().text).toContain('Checked: 12 May 2026, 14:05');
    expect(render({ timeZone: 'America/New_York' }).text).toContain('Checked: 12 May 2026, 07:05');
    expect(render({ locale: 'uk-UA' }).text).toContain('Перевірено: 12 трав. 2026');
  });
});

test('a warning tells a postpaid client of its debt, a prepaid one of its funds', () => {
  const postpaid = sample('low_funds_warning', {
    client: { balance_model: 'postpaid', debt: '37.50' },
    threshold: '75%',
  });
  expect(render({ kind: 'low_funds_warning', variables: postpaid }).text).toMatch(
    /^37\.50 USD\nYou owe\n[^]*threshold of 75%\./,
  );
  expect(render({ kind: 'low_funds_warning' }).text).toMatch(/^42\.17 USD\nYour available funds\n/);
});

test('a credit mail says until when, and what is left afterwards', () => {
  expect(render({ kind: 'credit_granted' }).subject).toMatch(
    /^200\.00 USD of temporary credit until 19 May 2026, 14:00/,
  );
  const expiring = render({ kind: 'credit_expiring' }).text;
  expect(expiring).toContain("Based on today's balance, you will be overdrawn by 157.83 USD.");
  expect(expiring).toContain('Available afterward: overdrawn by 157.83 USD');
  const enough = sample('credit_expiring', { credit: { available_after: '5.00', overdrawn_after: '' } });
  const rest = render({ kind: 'credit_expiring', variables: enough }).text;
  expect(rest).toContain("Based on today's balance, 5.00 USD will remain.");
  expect(rest).not.toContain('overdrawn');
  expect(render({ kind: 'credit_reverted' }).subject).toBe('42.17 USD available: your temporary credit has ended');
});

describe('an email about an overdrawn client says how far, without a minus', () => {
  const client = { balance_avail: '-12.50', overdrawn: '12.50', balance_live: '12.50', credit_limit: '0.00' };
  const credit = { overdrawn_after: '', available_after: '12.50' };

  test.each(notificationKinds)('%s', (kind) => {
    const variables = sample(kind, { client, credit });
    for (const locale of ['en', 'uk']) {
      const { subject, text, html } = render({ kind, locale, variables });
      for (const part of [subject, text, html]) expect(part).not.toContain('-12.50');
      expect(text).toMatch(
        locale === 'en' ? /overdrawn by 12\.50 USD|^12\.50 USD\nOverdrawn amount\n/ : /[Пп]еревитрат/,
      );
    }
  });

  test('to the client and to staff', () => {
    const overdrawn = sample('low_balance', { client });
    expect(render({ variables: overdrawn }).subject).toBe('Low balance: 12.50 USD overdrawn');
    expect(render({ variables: overdrawn }).text).toMatch(
      /^12\.50 USD\nOverdrawn amount\n\nYour balance is overdrawn by 12\.50 USD/,
    );
    const staff = { ...overdrawn, rule: { key: 'user', audience: 'user' } };
    expect(render({ variables: staff }).subject).toBe(
      'Low balance: Customer A is overdrawn by 12.50 USD, threshold 50.00 USD',
    );
  });
});

test('a changed credit says what holds now and what held before', () => {
  const { subject, text } = render({ kind: 'credit_extended' });
  expect(subject).toMatch(/^Temporary credit extended: 200\.00 USD until 19 May 2026, 14:00/);
  expect(text).toContain('Amount before: 150.00 USD');
  expect(text).toContain('Valid until before: 17 May 2026, 14:00');
  const reduced = sample('credit_reduced', { client: { balance_avail: '-3.00', overdrawn: '3.00' } });
  expect(render({ kind: 'credit_reduced', variables: reduced }).text).toContain(
    'Your balance is overdrawn by 3.00 USD.',
  );
});

test('a canceled credit names the permanent limit only where there is one', () => {
  const { subject, text } = render({ kind: 'credit_cancelled' });
  expect(subject).toBe('Temporary credit canceled: 42.17 USD available');
  expect(text).toContain('Your permanent credit limit applies.');
  const unlimited = sample('credit_cancelled', { client: { balance_model: 'unlimited', balance_avail: '' } });
  const email = render({ kind: 'credit_cancelled', variables: unlimited });
  expect(email.subject).toBe('Temporary credit of 200.00 USD canceled');
  expect(email.text).not.toContain('permanent');
});

test('a staff event lists its facts', () => {
  expect(render({ kind: 'staff_event' }).text).toContain('Clients concerned: 12\n');
});

test.each([
  ['en', 'en'],
  ['en-US', 'en'],
  ['uk', 'uk'],
  ['uk_UA', 'uk'],
  ['de', 'en'],
  ['', 'en'],
  ['not a locale!', 'en'],
])('the locale %p has its mails in %s', (locale, language) => {
  expect(languageOf(locale)).toBe(language);
  expect(render({ locale, timeZone: 'Nowhere/At_All' }).html).toContain(`<html lang="${language}">`);
});

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
    const variables = sample('low_balance', { client: { balance_avail: '-1234567.5' } });
    const template = own({ text: '{{ client.balance_avail }} {{ client.balance_avail | money }}' });
    expect(render({ variables, template }).text).toBe('-1234567.5 -1,234,567.50');
    expect(render({ variables, template, locale: 'uk' }).text).toBe('-1234567.5 -1\u00a0234\u00a0567,50');
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
    ['that is too long', own({ text: 'x'.repeat(70_000) }), /at most 65536/],
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
