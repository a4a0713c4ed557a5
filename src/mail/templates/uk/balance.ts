import * as e from '../expressions.js';
import type { MailCopy } from '../layout.js';
import {
  ask,
  automatic,
  balanceFacts,
  checkFacts,
  lastNotice,
  nextTitle,
  openClient,
  paid,
  staffFooter,
  standing,
  standingInSubject,
  yourBalance,
} from './phrases.js';

const lowBalance: MailCopy = {
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

/** The emails about a low balance. */
export const balanceMails = {
  low_balance: lowBalance,
  low_funds_warning: lowFundsWarning,
} as const;
