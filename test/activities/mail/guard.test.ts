import { checkTemplate, maxTemplateLength, type MailPart } from '../../../src/mail/guard/guard.js';
import { filterSpecs } from '../../../src/mail/guard/filters.js';
import { hostile, hostileInHtml } from './hostile-templates.js';
import { mailKinds, variablesOf, type MailKind } from '../../../src/mail/variables.js';

const faults = (source: string, kind: MailKind = 'low_balance', part: MailPart = 'text') =>
  checkTemplate(source, { kind, part });

const legal: readonly (readonly [string])[] = [
  ["${client['balance_avail']} ${client['currency']}"],
  ["${client['alert_threshold']}, for administrators ${client['alert_athreshold']}"],
  ['{{ client.balance_avail }} and ${client["currency"]} in one template'],
  ["${ client['name'] | default('a } in a string') } {{ '}}' }}"],
  ['{% if client.balance_avail < 0 and not client.credit_limit %}a{% elif threshold >= 50 %}b{% else %}c{% endif %}'],
  ['{% if client.balance_avail <= -50.5 or (rule.audience === "user") %}a{% endif %}'],
  ['{# a comment with ${anything.at.all()} #}{% raw %}${range()} {{ x }} {% if %}{% endraw %}'],
  ['{%- if client.name -%} x {%- endif -%} ${- client.name -}'],
  ['${checked_at | date("long")} ${client.balance_avail | round(2) | money} ${client.name | truncate(20) | upper}'],
  ['Invoice ${client.name}: {% if client.overdrawn %}overdrawn by ${client.overdrawn | money}{% endif %}'],
  ["{% if rule.max != 'unlimited' and rule.number == rule.max %}last notice{% endif %}"],
  ["${ client['balance_avail'] | default('unknown') | upper }"],
  [
    '{% if not (client.credit_limit > 0) or client.temporary_credit != 0 %}{{ client.credit_limit | round }}{% endif %}',
  ],
  ['{% if client.name == "Constructor & Co" %}prototype, __proto__, and include are words{% endif %}'],
  ['${next_check_at | date("short")}, ${checked_at | date("iso")}, ${now | date("time")}'],
  ['{{ client.name | escape | nl2br | trim | lower }}'],
  ["{# {% include 'x' %} #}{% raw %}{{ range(9) }}{% endraw %}"],
  ["${profile.name} ${reseller['name']} ${reseller['email']} ${links['client']}"],
  ['price: $5, {braces}, a {single} $ sign, }} and %} and #} by themselves'],
  [''],
];

describe('a template may', () => {
  test.each(legal)('say %s', (source) => {
    expect(faults(source)).toEqual([]);
  });

  test('use every listed variable and every listed filter', () => {
    for (const kind of mailKinds) {
      for (const { path, type, fields } of variablesOf(kind)) {
        const source =
          type === 'list'
            ? `{% for x in ${path} %}${fields?.map((f) => `{{x.${f}}}`).join('')}{% endfor %}`
            : `{{${path}}}`;
        expect({ kind, path, faults: faults(source, kind) }).toEqual({ kind, path, faults: [] });
      }
    }
    for (const { usage } of filterSpecs) expect(faults(`{{ client.name | ${usage} }}`)).toEqual([]);
  });

  test('repeat over a given list, with its place in it', () => {
    const source =
      '{% for fact in event.facts %}{{ loop.index }}. {{ fact.label }}{% if not loop.last %}, {% endif %}{% else %}none{% endfor %}';
    expect(faults(source, 'staff_event')).toEqual([]);
  });
});

test('the corpus is as large as it must be, and repeats nothing', () => {
  expect(new Set(hostile).size).toBe(hostile.length);
  expect(hostile.length).toBeGreaterThanOrEqual(80);
  expect(hostileInHtml.length).toBeGreaterThanOrEqual(20);
  expect(new Set(legal.flat()).size).toBeGreaterThanOrEqual(20);
});

describe('the guard refuses', () => {
  test.each(hostile.map((source) => [source]))('%s', (source) => {
    for (const kind of ['low_balance', 'staff_event'] as const) {
      for (const part of ['subject', 'html', 'text'] as const) {
        const found = checkTemplate(source, { kind, part });
        expect(found.length).toBeGreaterThan(0);
        for (const fault of found)
          expect(fault).toMatchObject({
            line: 1,
            column: expect.any(Number),
            message: expect.not.stringMatching(/\{\w+\}/),
          });
      }
    }
  });

  test.each([
    ['an unclosed tag', 'a ${client.name'],
    ['an unclosed quote', "a ${client['name] }"],
    ['an unclosed comment', 'a {# b'],
    ['an unclosed raw', '{% raw %} b'],
    ['an unclosed if', '{% if client.name %} b'],
    ['an unclosed for', '{% for f in event.facts %} b'],
    ['an end without a beginning', 'b {% endif %}'],
    ['an operator without its operand', '${ client.name and }'],
    ['a filter without a name', '${ client.name | }'],
    ['a bracket without its end', '${ (client.name }'],
    ['an empty index', '${ client[] }'],
    ['a wrong regular expression', '{{ r/(/ }}'],
  ])('%s', (_what, source) => {
    expect(faults(source, 'staff_event')).not.toEqual([]);
  });

  test('loops within loops within loops, and names that are taken', () => {
    const nested = (depth: number): string =>
      depth === 0 ? 'x' : `{% for f${depth} in event.facts %}${nested(depth - 1)}{% endfor %}`;
    expect(faults(nested(2), 'staff_event')).toEqual([]);
    expect(faults(nested(3), 'staff_event')).toEqual([
      expect.objectContaining({ message: expect.stringContaining('nested') }),
    ]);
    for (const name of ['event', 'client', 'loop', '__proto__', 'now']) {
      expect(faults(`{% for ${name} in event.facts %}{% endfor %}`, 'staff_event')).not.toEqual([]);
    }
  });

  test('what is too long or too deep, without taking long over it', () => {
    const half = maxTemplateLength / 2;
    for (const source of [
      'x'.repeat(maxTemplateLength + 1),
      '{{' + '('.repeat(half),
      '{{' + 'not '.repeat(half / 4) + 'now }}',
      '{{ now ' + '| upper '.repeat(half / 8) + '}}',
      '{{ client' + '.name'.repeat(half / 5) + '}}',
      '{% if now %}'.repeat(half / 12),
      '{% if now %}'.repeat(40) + '{% endif %}'.repeat(40),
      '{{ "' + '\\'.repeat(half) + '" }}{{',
      '{{ now }}' + ' '.repeat(half) + 'x{%- endif %}',
      '${'.repeat(half / 2),
      '<!--'.repeat(half / 4) + '{{ x }}',
      '<a href="'.repeat(half / 9) + '{{ x }}',
    ]) {
      expect(faults(source, 'low_balance', 'html')).not.toEqual([]);
    }
  });

  test('a variable of another kind of mail', () => {
    expect(faults('${credit.amount}')).toEqual([
      {
        ...{ line: 1, column: expect.any(Number), code: 'variable_near' },
        parameters: { path: 'credit.amount', kind: 'low_balance', names: 'auto_payment.amount' },
        message: 'there is no variable credit.amount in low_balance emails; there is auto_payment.amount',
      },
    ]);
  });
});

describe('a fault tells', () => {
  test('its line and column, counted from 1', () => {
    expect(faults('Hello\n  ${ client.nope }\n{{ range() }}')).toEqual([
      expect.objectContaining({ line: 2, column: 12 }),
      expect.objectContaining({ line: 3, column: 9 }),
    ]);
    expect(faults('one\ntwo {% include "x" %}')).toEqual([expect.objectContaining({ line: 2, column: 5 })]);
    expect(faults('one\ntwo {% if now %}\n ${ client.name')).toEqual([expect.objectContaining({ line: 3, column: 2 })]);
  });

  test('what the author may have meant', () => {
    expect(faults('${client.balanse_avail}')[0]?.message).toContain('client.balance_avail');
    expect(faults('${client}')[0]?.message).toContain('client.id');
    expect(faults("${client['name'] | uper}")[0]?.message).toContain('upper');
  });

  test('at most twenty faults at once', () => {
    expect(faults('{{ x }}'.repeat(500))).toHaveLength(20);
  });
});

describe('in HTML the guard refuses a value', () => {
  const inHtml = (source: string) => checkTemplate(source, { kind: 'low_balance', part: 'html' });

  test.each(hostileInHtml)('%s', (_where, source) => {
    expect(inHtml(source)).toHaveLength(1);
  });

  test.each([
    ['as text', '<p>{{ client.name }}</p> < {{ client.name }} <!-- {{ client.name }} -->'],
    ['in a quoted attribute', '<p title="{{ client.name }}" class=\'a {{ client.name }}\'>'],
    ['behind mailto:', '<a href="mailto:{{ reseller.email }}">{{ reseller.email }}</a>'],
    ['as an address that is one', '<a href="{{ links.client }}">{{ client.name }}</a>'],
    ['behind tel:', '<a href="tel:{{ client.name }}">'],
    ['in a path', '<a href="/clients/{{ client.id }}#{{ client.name }}">'],
    ['behind an address', '<a href="{{ links.client }}?a={{ client.id }}&amp;b={{ client.name }}">'],
    [
      'in a branch that begins with a scheme',
      '<a href="{% if client.name %}https://a.example/{{ client.id }}{% endif %}">',
    ],
    [
      'in both branches after a scheme',
      '<a href="https://{% if client.id %}a{% else %}b{% endif %}/{{ client.name }}">',
    ],
    ['within an address', '<a href="https://pay.example/?client={{ client.id }}">Pay</a>'],
  ])('but not %s', (_where, source) => {
    expect(inHtml(source)).toEqual([]);
  });
});
