import type { MailKind } from '../variables.js';
import * as e from './expressions.js';
import type { Conditional, Fact, MailCopy } from './layout.js';

const language = 'uk';
const nextTitle = 'Що робити далі';

const ask: Conditional = {
  when: 'reseller.email',
  text: 'Маєте запитання? Напишіть до {{ reseller.name }}: {{ reseller.email }}',
  html: `Маєте запитання? Напишіть до {{ reseller.name }}: ${e.mailto}`,
};
const paid = 'Уже заплатили? Робити нічого не потрібно. Баланс оновиться, щойно платіж буде записано.';
const automatic: Conditional = {
  text: 'Надіслано автоматично системою Lowwater від імені {{ reseller.name }}.',
  when: 'reseller.name',
};
const staffFooter: Conditional = {
  text: 'Надіслано автоматично системою Lowwater працівникам {{ reseller.name }}.',
  when: 'reseller.name',
};
const openClient = { when: 'links.client', href: 'links.client', text: 'Відкрити сторінку клієнта' };

const balanceFacts: readonly Fact[] = [
  { label: 'Поточний баланс', value: e.liveBalance, when: 'client.balance_live != null' },
  { label: 'Кредитний ліміт', value: e.creditLimit, when: 'client.credit_limit' },
  { label: 'Тимчасовий кредит', value: e.temporaryCredit, when: 'client.temporary_credit' },
];
const checkFacts: readonly Fact[] = [
  { label: 'Перевірено', value: '{{ checked_at }}', when: 'checked_at' },
  { label: 'Наступна перевірка', value: '{{ next_check_at }}', when: 'next_check_at' },
  { label: 'Сповіщення', value: e.noticeNumber('з'), when: 'rule.number' },
];
const lastNotice: Conditional = {
  when: e.isLast,
  text: '{% if rule.max == 1 %}Це єдине сповіщення до поповнення балансу.{% else %}Це сповіщення {{ rule.number }} з {{ rule.max }}, останнє до поповнення балансу.{% endif %}',
};

const lowBalance: MailCopy = {
  language,
  tone: 'bad',
  subject: e.byAudience(
    `Низький баланс: {{ client.name }} має ${e.available}, поріг ${e.threshold}`,
    `{% if ${e.isOverdrawn} %}Низький баланс: перевитрата ${e.overdrawn}{% elif ${e.isLastOfSeveral} %}Останнє сповіщення: доступно ${e.available}{% else %}Низький баланс: доступно ${e.available}{% endif %}`,
  ),
  preview: `Доступно ${e.available}, поріг ${e.threshold}.`,
  sender: e.byAudience('Lowwater', e.senderOfClientMail),
  eyebrow: e.byAudience('Доступний баланс: {{ client.name }}', 'Ваш доступний баланс'),
  headline: '{{ client.balance_avail | money }}',
  unit: '{{ client.currency }}',
  lead: e.byAudience(
    `Баланс клієнта {{ client.name }} нижчий за поріг ${e.threshold}{% if profile.name %} із профілю «{{ profile.name }}»{% endif %}.`,
    `Ваш доступний баланс нижчий за ${e.threshold}. Коли кошти вичерпаються, надання послуг може бути призупинено.`,
  ),
  notice: lastNotice,
  facts: [
    { label: 'Клієнт', value: '{{ client.name }} ({{ client.id }})', when: e.forStaff },
    { label: 'Доступно у {{ threshold_currency }}', value: e.availableConverted, when: 'available_converted' },
    { label: 'Поріг', value: e.threshold },
    ...balanceFacts,
    ...checkFacts,
  ],
  nextTitle,
  next: [
    { when: e.forStaff, text: 'Попросіть клієнта заплатити або надайте йому тимчасовий кредит.' },
    {
      when: `${e.forStaff} and client.alert_threshold`,
      text: 'Клієнт отримує сповіщення, коли баланс нижчий за {{ client.alert_threshold | money }} {{ threshold_currency }}.',
    },
    {
      when: e.forClient,
      text: `Поповніть рахунок так, щоб доступний баланс становив ${e.threshold} або більше. Тоді сповіщення припиняться.`,
    },
    { when: e.forClient, text: paid },
    { ...ask, when: `${e.forClient} and reseller.email` },
  ],
  button: { ...openClient, when: `${e.forStaff} and links.client` },
  footer: [
    {
      when: `${e.forStaff} and profile.name`,
      text: 'Профіль низького балансу «{{ profile.name }}», правило {{ rule.key }}.',
    },
    { ...staffFooter, when: `${e.forStaff} and reseller.name` },
    { ...automatic, when: `${e.forClient} and reseller.name` },
  ],
};

const isPostpaid = "client.balance_model == 'postpaid'";

const lowFundsWarning: MailCopy = {
  language,
  tone: 'warning',
  subject: `{% if ${isPostpaid} %}Попередження про кредитний ліміт: ваш борг ${e.debt}{% else %}Попередження про залишок коштів: доступно ${e.available}{% endif %}`,
  preview: `Досягнуто порога попередження ${e.threshold}.`,
  sender: e.senderOfClientMail,
  eyebrow: `{% if ${isPostpaid} %}Ваш борг{% else %}Ваші доступні кошти{% endif %}`,
  headline: `{% if ${isPostpaid} %}{{ client.debt | money }}{% else %}{{ client.balance_avail | money }}{% endif %}`,
  unit: '{{ client.currency }}',
  lead: `{% if ${isPostpaid} %}Ваш борг ${e.debt} досяг порога попередження ${e.threshold}. Коли кредитний ліміт вичерпається, надання послуг може бути призупинено.{% else %}Ваші доступні кошти досягли порога попередження ${e.threshold}.{% endif %}`,
  facts: [
    { label: 'Поріг попередження', value: e.threshold },
    { label: 'Ще доступно', value: e.available, when: isPostpaid },
    ...balanceFacts,
    { label: 'Перевірено', value: '{{ checked_at }}', when: 'checked_at' },
  ],
  nextTitle,
  next: [
    {
      text: 'Поповніть рахунок. Ви отримуєте це попередження один раз, а знову лише після відновлення балансу.',
    },
    { text: paid },
    ask,
  ],
  footer: [automatic],
};

const period: readonly Fact[] = [
  { label: 'Діє з', value: '{{ credit.valid_from }}', when: 'credit.valid_from' },
  { label: 'Діє до', value: '{{ credit.valid_until }}' },
];

const creditGranted: MailCopy = {
  language,
  tone: 'good',
  subject: `${e.creditAmount} тимчасового кредиту до {{ credit.valid_until }}`,
  preview: `Ваш кредитний ліміт збільшено на ${e.creditAmount} до {{ credit.valid_until }}.`,
  sender: e.senderOfClientMail,
  eyebrow: 'Надано тимчасовий кредит',
  headline: '{{ credit.amount | money }}',
  unit: '{{ client.currency }}',
  lead: 'Ваш кредитний ліміт збільшено на цю суму до {{ credit.valid_until }}. Після цього він автоматично повернеться до постійного значення.',
  facts: [...period, { label: 'Доступний баланс', value: e.available, when: 'client.balance_avail' }],
  nextTitle,
  next: [{ text: 'Поповніть рахунок до закінчення кредиту, щоб послуги надавалися без перерви.' }, ask],
  footer: [automatic],
};

const before: readonly Fact[] = [
  { label: 'Сума до зміни', value: e.creditAmountBefore, when: 'credit.amount_before' },
  { label: 'Діяв до', value: '{{ credit.valid_until_before }}', when: 'credit.valid_until_before' },
];

const creditExtended: MailCopy = {
  language,
  tone: 'good',
  subject: `Тимчасовий кредит збільшено: ${e.creditAmount} до {{ credit.valid_until }}`,
  preview: `Ваш кредитний ліміт збільшено на ${e.creditAmount} до {{ credit.valid_until }}.`,
  sender: e.senderOfClientMail,
  eyebrow: 'Тимчасовий кредит збільшено',
  headline: '{{ credit.amount | money }}',
  unit: '{{ client.currency }}',
  lead: 'Тепер ваш кредитний ліміт збільшено на цю суму до {{ credit.valid_until }}. Після цього він автоматично повернеться до постійного значення.',
  facts: [...period, ...before, { label: 'Доступний баланс', value: e.available, when: 'client.balance_avail' }],
  nextTitle,
  next: [{ text: 'Поповніть рахунок до закінчення кредиту, щоб послуги надавалися без перерви.' }, ask],
  footer: [automatic],
};

const creditReduced: MailCopy = {
  language,
  tone: 'warning',
  subject: `Тимчасовий кредит зменшено: ${e.creditAmount} до {{ credit.valid_until }}`,
  preview: `Тепер ваш тимчасовий кредит становить ${e.creditAmount} до {{ credit.valid_until }}.`,
  sender: e.senderOfClientMail,
  eyebrow: 'Тимчасовий кредит зменшено',
  headline: '{{ credit.amount | money }}',
  unit: '{{ client.currency }}',
  lead: 'Тепер ваш тимчасовий кредит становить цю суму до {{ credit.valid_until }}. Після цього кредитний ліміт автоматично повернеться до постійного значення.',
  notice: {
    when: 'client.balance_avail < 0',
    text: 'Ваш баланс менший за нуль. Надання послуг може бути призупинено.',
  },
  facts: [
    ...period,
    ...before,
    { label: 'Доступно зараз', value: e.available, when: 'client.balance_avail' },
    { label: 'Доступно після цього', value: e.availableAfter, when: e.afterIsKnown },
  ],
  nextTitle,
  next: [{ text: 'Поповніть рахунок до закінчення кредиту, щоб послуги надавалися без перерви.' }, { text: paid }, ask],
  footer: [automatic],
};

const creditCancelled: MailCopy = {
  language,
  tone: 'warning',
  subject: e.either(
    e.availableIsKnown,
    `Тимчасовий кредит скасовано: доступно ${e.available}`,
    `Тимчасовий кредит ${e.creditAmount} скасовано`,
  ),
  preview: `Ваш тимчасовий кредит ${e.creditAmount} скасовано.`,
  sender: e.senderOfClientMail,
  eyebrow: e.either(e.availableIsKnown, 'Ваш доступний баланс', 'Тимчасовий кредит скасовано'),
  headline: e.either(e.availableIsKnown, '{{ client.balance_avail | money }}', '{{ credit.amount | money }}'),
  unit: '{{ client.currency }}',
  lead: `Ваш тимчасовий кредит ${e.creditAmount} скасовано.${e.either(e.isLimited, ' Діє ваш постійний кредитний ліміт.')}`,
  notice: {
    when: 'client.balance_avail < 0',
    text: 'Ваш баланс менший за нуль. Надання послуг може бути призупинено.',
  },
  facts: [{ label: 'Скасований кредит', value: e.creditAmount }, ...period, ...balanceFacts],
  nextTitle,
  next: [{ text: 'Поповніть рахунок, якщо вам потрібно більше, ніж зараз доступно.', when: e.isLimited }, ask],
  footer: [automatic],
};

const creditExpiring: MailCopy = {
  language,
  tone: 'warning',
  subject: `${e.creditAmount} тимчасового кредиту закінчується {{ credit.valid_until }}`,
  preview: e.either(
    e.afterIsKnown,
    `Після цього буде доступно ${e.availableAfter}.`,
    `Тимчасовий кредит ${e.creditAmount} скоро закінчиться.`,
  ),
  sender: e.senderOfClientMail,
  eyebrow: 'Тимчасовий кредит закінчується',
  headline: '{{ credit.amount | money }}',
  unit: '{{ client.currency }}',
  lead: `Ваш тимчасовий кредит закінчується {{ credit.valid_until }}.${e.either(e.afterIsKnown, ` За сьогоднішнім балансом залишиться ${e.availableAfter}.`)}`,
  notice: {
    when: 'credit.available_after < 0',
    text: 'Ваш баланс буде меншим за нуль. Надання послуг може бути призупинено.',
  },
  facts: [
    ...period,
    { label: 'Доступно зараз', value: e.available, when: 'client.balance_avail' },
    { label: 'Доступно після цього', value: e.availableAfter, when: e.afterIsKnown },
  ],
  nextTitle,
  next: [{ text: 'Поповніть рахунок до цього часу.' }, { text: paid }, ask],
  footer: [automatic],
};

const creditReverted: MailCopy = {
  language,
  tone: 'calm',
  subject: e.either(
    e.availableIsKnown,
    `Доступно ${e.available}: ваш тимчасовий кредит закінчився`,
    `Ваш тимчасовий кредит ${e.creditAmount} закінчився`,
  ),
  preview: `Тимчасовий кредит ${e.creditAmount} закінчився.`,
  sender: e.senderOfClientMail,
  eyebrow: e.either(e.availableIsKnown, 'Ваш доступний баланс', 'Тимчасовий кредит закінчився'),
  headline: e.either(e.availableIsKnown, '{{ client.balance_avail | money }}', '{{ credit.amount | money }}'),
  unit: '{{ client.currency }}',
  lead: `Ваш тимчасовий кредит ${e.creditAmount} закінчився. Знову діє ваш постійний кредитний ліміт.`,
  notice: {
    when: 'client.balance_avail < 0',
    text: 'Ваш баланс менший за нуль. Надання послуг може бути призупинено.',
  },
  facts: [{ label: 'Кредит, що закінчився', value: e.creditAmount }, ...period, ...balanceFacts],
  nextTitle,
  next: [{ text: 'Поповніть рахунок, якщо вам потрібно більше, ніж зараз доступно.' }, ask],
  footer: [automatic],
};

const staffEvent: MailCopy = {
  language,
  tone: 'bad',
  subject: 'Lowwater: {{ event.title }}',
  preview: '{{ event.detail | truncate(120) }}',
  sender: 'Lowwater',
  eyebrow: 'Потрібна ваша увага',
  headline: '{{ event.title }}',
  lead: '{{ event.detail | nl2br }}',
  facts: [
    { label: 'Клієнт', value: e.clientNamed, when: 'client.id' },
    { label: 'Виявлено', value: '{{ now }}', when: 'now' },
  ],
  factList: { list: 'event.facts', label: 'label', value: 'value' },
  nextTitle,
  next: [
    {
      text: 'Усуньте названу проблему. Ви отримуєте один лист про кожну проблему, а ще один — лише якщо вона повернеться.',
    },
  ],
  button: openClient,
  footer: [{ text: 'Автоматичне повідомлення Lowwater на адресу працівників.' }],
};

export const ukrainian: Readonly<Record<MailKind, MailCopy>> = {
  low_balance: lowBalance,
  low_funds_warning: lowFundsWarning,
  credit_granted: creditGranted,
  credit_extended: creditExtended,
  credit_reduced: creditReduced,
  credit_cancelled: creditCancelled,
  credit_expiring: creditExpiring,
  credit_reverted: creditReverted,
  staff_event: staffEvent,
};
