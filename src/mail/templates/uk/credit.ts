import * as e from '../expressions.js';
import type { Fact, MailCopy } from '../layout.js';
import {
  ask,
  automatic,
  balanceFacts,
  nextTitle,
  overdrawnNotice,
  paid,
  standing,
  standingAfter,
  standingInSubject,
  yourBalance,
} from './phrases.js';

const period: readonly Fact[] = [
  { label: 'Діє з', value: '{{ credit.valid_from }}', when: 'credit.valid_from' },
  { label: 'Діє до', value: '{{ credit.valid_until }}' },
];

/** What the emails about a temporary credit have in common. */
const creditMail = {
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

/** The emails about a temporary credit. */
export const creditMails = {
  credit_granted: creditGranted,
  credit_extended: creditExtended,
  credit_reduced: creditReduced,
  credit_cancelled: creditCancelled,
  credit_expiring: creditExpiring,
  credit_reverted: creditReverted,
} as const;
