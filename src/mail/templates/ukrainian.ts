import type { MailKind } from '../variables.js';
import * as e from './expressions.js';
import { accountUkrainian } from './account-ukrainian.js';
import { invoiceUkrainian } from './invoice-ukrainian.js';
import { companyUkrainian } from './company-ukrainian.js';
import { ratesUkrainian } from './rates-ukrainian.js';
import { paymentUkrainian } from './payment-ukrainian.js';
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

/** «42.17 USD», or «перевитрата 12.50 USD». */
const standing = e.either(e.isOverdrawn, `перевитрата ${e.overdrawn}`, e.available);
/** The same within a subject: «доступно 42.17 USD», or «перевитрата 12.50 USD». */
const standingInSubject = e.either(e.isOverdrawn, `перевитрата ${e.overdrawn}`, `доступно ${e.available}`);
const standingAfter = e.either(e.willBeOverdrawn, `перевитрата ${e.overdrawnAfter}`, e.availableAfter);
const yourBalance = e.either(e.isOverdrawn, 'Сума перевитрати', 'Ваш доступний баланс');
const overdrawnNotice: Conditional = {
  when: e.isOverdrawn,
  text: `Перевитрата на вашому балансі становить ${e.overdrawn}. Надання послуг може бути призупинено.`,
};

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
    `Низький баланс: {{ client.name }}, ${standingInSubject}, поріг ${e.threshold}`,
    `${e.either(`${e.isLastOfSeveral} and not ${e.isOverdrawn}`, 'Останнє сповіщення', 'Низький баланс')}: ${standingInSubject}`,
  ),
  preview: `Баланс: ${standingInSubject}, поріг ${e.threshold}.`,
  sender: e.byAudience('Lowwater', e.senderOfClientMail),
  eyebrow: e.byAudience(
    e.either(e.isOverdrawn, 'Сума перевитрати: {{ client.name }}', 'Доступний баланс: {{ client.name }}'),
    yourBalance,
  ),
  headline: e.headlineBalance,
  unit: '{{ client.currency }}',
  lead: e.byAudience(
    `Баланс клієнта {{ client.name }} нижчий за поріг ${e.threshold}{% if profile.name %} із профілю «{{ profile.name }}»{% endif %}.`,
    e.either(
      e.isOverdrawn,
      `Перевитрата на вашому балансі становить ${e.overdrawn}, поріг ${e.threshold}. Надання послуг може бути призупинено.`,
      `Ваш доступний баланс нижчий за ${e.threshold}. Коли кошти вичерпаються, надання послуг може бути призупинено.`,
    ),
  ),
  notice: lastNotice,
  facts: [
    { label: 'Клієнт', value: '{{ client.name }} ({{ client.id }})', when: e.forStaff },
    {
      label: 'Доступно у {{ threshold_currency }}',
      value: `близько ${e.availableConverted}`,
      when: 'available_converted',
    },
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
  subject: `{% if ${isPostpaid} %}Попередження про кредитний ліміт: ваш борг ${e.debt}{% else %}Попередження про залишок коштів: ${standingInSubject}{% endif %}`,
  preview: `Досягнуто порога попередження ${e.threshold}.`,
  sender: e.senderOfClientMail,
  eyebrow: `{% if ${isPostpaid} %}Ваш борг{% elif ${e.isOverdrawn} %}Сума перевитрати{% else %}Ваші доступні кошти{% endif %}`,
  headline: `{% if ${isPostpaid} %}{{ client.debt | money }}{% else %}${e.headlineBalance}{% endif %}`,
  unit: '{{ client.currency }}',
  lead: `{% if ${isPostpaid} %}Ваш борг ${e.debt} досяг порога попередження ${e.threshold}. Коли кредитний ліміт вичерпається, надання послуг може бути призупинено.{% else %}Ваші доступні кошти досягли порога попередження ${e.threshold}.{% endif %}`,
  facts: [
    { label: 'Поріг попередження', value: e.threshold },
    { label: 'Ще доступно', value: standing, when: isPostpaid },
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

/** What the emails about a temporary credit have in common. */
const creditMail = {
  language,
  sender: e.senderOfClientMail,
  unit: '{{ client.currency }}',
  nextTitle,
  footer: [automatic],
} as const;

const creditGranted: MailCopy = {
  ...creditMail,
  tone: 'good',
  subject: `${e.creditAmount} тимчасового кредиту до {{ credit.valid_until }}`,
  preview: `Ваш кредитний ліміт збільшено на ${e.creditAmount} до {{ credit.valid_until }}.`,
  eyebrow: 'Надано тимчасовий кредит',
  headline: '{{ credit.amount | money }}',
  lead: 'Ваш кредитний ліміт збільшено на цю суму до {{ credit.valid_until }}. Після цього він автоматично повернеться до постійного значення.',
  facts: [...period, { label: 'Доступний баланс', value: standing, when: 'client.balance_avail' }],
  next: [{ text: 'Поповніть рахунок до закінчення кредиту, щоб послуги надавалися без перерви.' }, ask],
};

const before: readonly Fact[] = [
  { label: 'Сума до зміни', value: e.creditAmountBefore, when: 'credit.amount_before' },
  { label: 'Діяв до', value: '{{ credit.valid_until_before }}', when: 'credit.valid_until_before' },
];

const creditExtended: MailCopy = {
  ...creditMail,
  tone: 'good',
  subject: `Тимчасовий кредит збільшено: ${e.creditAmount} до {{ credit.valid_until }}`,
  preview: `Ваш кредитний ліміт збільшено на ${e.creditAmount} до {{ credit.valid_until }}.`,
  eyebrow: 'Тимчасовий кредит збільшено',
  headline: '{{ credit.amount | money }}',
  lead: 'Тепер ваш кредитний ліміт збільшено на цю суму до {{ credit.valid_until }}. Після цього він автоматично повернеться до постійного значення.',
  facts: [...period, ...before, { label: 'Доступний баланс', value: standing, when: 'client.balance_avail' }],
  next: [{ text: 'Поповніть рахунок до закінчення кредиту, щоб послуги надавалися без перерви.' }, ask],
};

const creditReduced: MailCopy = {
  ...creditMail,
  tone: 'warning',
  subject: `Тимчасовий кредит зменшено: ${e.creditAmount} до {{ credit.valid_until }}`,
  preview: `Тепер ваш тимчасовий кредит становить ${e.creditAmount} до {{ credit.valid_until }}.`,
  eyebrow: 'Тимчасовий кредит зменшено',
  headline: '{{ credit.amount | money }}',
  lead: 'Тепер ваш тимчасовий кредит становить цю суму до {{ credit.valid_until }}. Після цього кредитний ліміт автоматично повернеться до постійного значення.',
  notice: overdrawnNotice,
  facts: [
    ...period,
    ...before,
    { label: 'Доступно зараз', value: standing, when: 'client.balance_avail' },
    { label: 'Доступно після цього', value: standingAfter, when: e.afterIsKnown },
  ],
  next: [{ text: 'Поповніть рахунок до закінчення кредиту, щоб послуги надавалися без перерви.' }, { text: paid }, ask],
};

const creditCancelled: MailCopy = {
  ...creditMail,
  tone: 'warning',
  subject: e.either(
    e.availableIsKnown,
    `Тимчасовий кредит скасовано: ${standingInSubject}`,
    `Тимчасовий кредит ${e.creditAmount} скасовано`,
  ),
  preview: `Ваш тимчасовий кредит ${e.creditAmount} скасовано.`,
  eyebrow: e.either(e.availableIsKnown, yourBalance, 'Тимчасовий кредит скасовано'),
  headline: e.either(e.availableIsKnown, e.headlineBalance, '{{ credit.amount | money }}'),
  lead: `Ваш тимчасовий кредит ${e.creditAmount} скасовано.${e.either(e.isLimited, ' Діє ваш постійний кредитний ліміт.')}`,
  notice: overdrawnNotice,
  facts: [{ label: 'Скасований кредит', value: e.creditAmount }, ...period, ...balanceFacts],
  next: [{ text: 'Поповніть рахунок, якщо вам потрібно більше, ніж зараз доступно.', when: e.isLimited }, ask],
};

const creditExpiring: MailCopy = {
  ...creditMail,
  tone: 'warning',
  subject: `${e.creditAmount} тимчасового кредиту закінчується {{ credit.valid_until }}`,
  preview: e.either(
    e.afterIsKnown,
    e.either(
      e.willBeOverdrawn,
      `Після цього перевитрата становитиме ${e.overdrawnAfter}.`,
      `Після цього буде доступно ${e.availableAfter}.`,
    ),
    `Тимчасовий кредит ${e.creditAmount} скоро закінчиться.`,
  ),
  eyebrow: 'Тимчасовий кредит закінчується',
  headline: '{{ credit.amount | money }}',
  lead: `Ваш тимчасовий кредит закінчується {{ credit.valid_until }}.${e.either(`${e.afterIsKnown} and not ${e.willBeOverdrawn}`, ` За сьогоднішнім балансом залишиться ${e.availableAfter}.`)}`,
  notice: {
    when: e.willBeOverdrawn,
    text: `За сьогоднішнім балансом перевитрата становитиме ${e.overdrawnAfter}. Надання послуг може бути призупинено.`,
  },
  facts: [
    ...period,
    { label: 'Доступно зараз', value: standing, when: 'client.balance_avail' },
    { label: 'Доступно після цього', value: standingAfter, when: e.afterIsKnown },
  ],
  next: [{ text: 'Поповніть рахунок до закінчення кредиту.' }, { text: paid }, ask],
};

const creditReverted: MailCopy = {
  ...creditMail,
  tone: 'calm',
  subject: e.either(
    e.availableIsKnown,
    `${e.either(e.isOverdrawn, `Перевитрата ${e.overdrawn}`, `Доступно ${e.available}`)}: ваш тимчасовий кредит закінчився`,
    `Ваш тимчасовий кредит ${e.creditAmount} закінчився`,
  ),
  preview: `Тимчасовий кредит ${e.creditAmount} закінчився.`,
  eyebrow: e.either(e.availableIsKnown, yourBalance, 'Тимчасовий кредит закінчився'),
  headline: e.either(e.availableIsKnown, e.headlineBalance, '{{ credit.amount | money }}'),
  lead: `Ваш тимчасовий кредит ${e.creditAmount} закінчився. Знову діє ваш постійний кредитний ліміт.`,
  notice: overdrawnNotice,
  facts: [{ label: 'Кредит, що закінчився', value: e.creditAmount }, ...period, ...balanceFacts],
  next: [{ text: 'Поповніть рахунок, якщо вам потрібно більше, ніж зараз доступно.' }, ask],
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

const staffRecovery: MailCopy = {
  ...staffEvent,
  tone: 'good',
  subject: 'Lowwater: усунуто: {{ event.title }}',
  eyebrow: 'Усунуто',
  facts: [
    { label: 'Клієнт', value: e.clientNamed, when: 'client.id' },
    { label: 'Усунуто', value: '{{ now }}', when: 'now' },
  ],
  next: [{ text: 'Нічого робити не потрібно. Якщо проблема повернеться, ви отримаєте ще один лист.' }],
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
  ...invoiceUkrainian({ ask, automatic }),
  ...ratesUkrainian({ ask, automatic }),
  ...paymentUkrainian,
  ...companyUkrainian,
  staff_event: staffEvent,
  staff_recovery: staffRecovery,
  ...accountUkrainian,
};
