import amounts from '../../cases/amounts.json';
import { notificationKinds } from '../../../src/domain/notifications/mail-kinds.js';
import { checkTemplate } from '../../../src/mail/guard/guard.js';
import { amountText, balanceVariables } from '../../../src/mail/amount-variables.js';
import { builtInLanguages, builtInTemplate, languageOf } from '../../../src/mail/templates/index.js';
import { mailKinds } from '../../../src/mail/variables.js';
import { sample, render, own } from '../../support/mail/rendering.js';

describe('amounts', () => {
  const written = '{{ client.balance_avail }} {{ client.balance_avail | money }}';

  test.each(amounts.exact)('$amount $currency is written $text, with and without the filter', (given) => {
    const client = { balance_avail: amountText(given.amount, given.currency), currency: given.currency };
    const { text } = render({ variables: sample('low_balance', { client }), template: own({ text: written }) });
    expect(text.replaceAll(',', '')).toBe(`${given.text} ${given.text}`);
  });

  test.each(amounts.rounded)('$amount $currency converted, with the threshold $other, is written $text', (given) => {
    const variables = sample('low_balance', {
      available_converted: given.amount,
      threshold: given.other,
      threshold_currency: given.currency,
    });
    const template = own({ text: '{{ available_converted }} {{ available_converted | money }}' });
    expect(render({ variables, template }).text).toBe(`${given.text} ${given.text}`);
  });

  test('conditions compare what was converted exactly, not as it is written', () => {
    const variables = sample('low_balance', {
      available_converted: '10.0049',
      threshold: '10.005',
      threshold_currency: 'KWD',
    });
    const text =
      '{% if available_converted < threshold %}low{% endif %} {% if available_converted > 10.0045 %}above{% endif %}';
    expect(render({ variables, template: own({ text }) }).text).toBe('low above');
  });

  test('the built-in mails never round an amount to the threshold', () => {
    const client = balanceVariables(
      { live: '99.999999', available: '99.999999', creditLimit: '0', temporaryCredit: '0' },
      'USD',
    );
    const mail = render({ variables: sample('low_balance', { client, threshold: '100.00' }) });
    expect(mail.subject).toBe('Low balance: 99.999999 USD available');
    expect(mail.text).toContain('Your available balance is below 100.00 USD.');
  });

  test('know how far below zero a fraction of a cent is, and that a yen has none', () => {
    const fraction = { live: '-0.004', available: '-0.004', creditLimit: '0', temporaryCredit: '0' };
    expect(balanceVariables(fraction, 'USD')).toMatchObject({ balance_avail: '-0.004', overdrawn: '0.004' });
    const yen = { live: '-950.000000', available: '50.000000', creditLimit: '1000.000000', temporaryCredit: '0' };
    expect(balanceVariables(yen, 'JPY')).toEqual({
      balance_avail: '50',
      overdrawn: '',
      balance_live: '-950',
      credit_limit: '1000',
      temporary_credit: '0',
    });
  });
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
    expect(mail.text).toContain('Available in EUR: about 38.91 EUR');
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

test('an email that announces rates begins with their number, which is no amount', () => {
  expect(render({ kind: 'rates_notification' }).text).toMatch(/^12\nChanged rates\n/);
  expect(render({ kind: 'rates_notification', locale: 'uk' }).text).toMatch(/^12\n/);
});

describe('an email about an overdrawn client says how far, without a minus', () => {
  const client = { balance_avail: '-12.50', overdrawn: '12.50', balance_live: '12.50', credit_limit: '0.00' };
  const credit = { overdrawn_after: '', available_after: '12.50' };

  // Emails of invoices and of rates do not name the balance.
  const ofBalance = notificationKinds.filter((kind) => !/^(invoice|rates)/.test(kind));

  test.each(ofBalance)('%s', (kind) => {
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
  expect(render({ kind: 'staff_event' }).text).toContain('Affected clients: 12\n');
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
