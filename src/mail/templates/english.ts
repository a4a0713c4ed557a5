import type { MailKind } from '../variables.js';
import * as e from './expressions.js';
import { accountEnglish } from './account-english.js';
import { invoiceEnglish } from './invoice-english.js';
import { companyEnglish } from './company-english.js';
import { ratesEnglish } from './rates-english.js';
import { paymentEnglish } from './payment-english.js';
import type { Conditional, Fact, MailCopy } from './layout.js';

const language = 'en';
const nextTitle = 'What to do next';

const ask: Conditional = {
  when: 'reseller.email',
  text: 'Questions? Write to {{ reseller.name }}: {{ reseller.email }}',
  html: `Questions? Write to {{ reseller.name }}: ${e.mailto}`,
};
const paid = 'Already paid? No action is needed. Your balance updates when the payment is recorded.';
const automatic: Conditional = {
  text: 'Automated message from Lowwater on behalf of {{ reseller.name }}.',
  when: 'reseller.name',
};
const staffFooter: Conditional = {
  text: 'Automated message from Lowwater to the staff of {{ reseller.name }}.',
  when: 'reseller.name',
};
const openClient = { when: 'links.client', href: 'links.client', text: 'Open client' };

/** "42.17 USD", or "overdrawn by 12.50 USD". */
const standing = e.either(e.isOverdrawn, `overdrawn by ${e.overdrawn}`, e.available);
/** The same behind a colon of a subject: "42.17 USD available", or "12.50 USD overdrawn". */
const standingInSubject = e.either(e.isOverdrawn, `${e.overdrawn} overdrawn`, `${e.available} available`);
const standingAfter = e.either(e.willBeOverdrawn, `overdrawn by ${e.overdrawnAfter}`, e.availableAfter);
const yourBalance = e.either(e.isOverdrawn, 'Overdrawn amount', 'Your available balance');
const overdrawnNotice: Conditional = {
  when: e.isOverdrawn,
  text: `Your balance is overdrawn by ${e.overdrawn}. Service may be interrupted.`,
};

const balanceFacts: readonly Fact[] = [
  { label: 'Live balance', value: e.liveBalance, when: 'client.balance_live != null' },
  { label: 'Credit limit', value: e.creditLimit, when: 'client.credit_limit' },
  { label: 'Temporary credit', value: e.temporaryCredit, when: 'client.temporary_credit' },
];
const checkFacts: readonly Fact[] = [
  { label: 'Checked', value: '{{ checked_at }}', when: 'checked_at' },
  { label: 'Next check', value: '{{ next_check_at }}', when: 'next_check_at' },
  { label: 'Notice', value: e.noticeNumber('of'), when: 'rule.number' },
];
const lastNotice: Conditional = {
  when: e.isLast,
  text: '{% if rule.max == 1 %}This is the only notice until the balance is refilled.{% else %}This is notice {{ rule.number }} of {{ rule.max }}, the last until the balance is refilled.{% endif %}',
};

const lowBalance: MailCopy = {
  language,
  tone: 'bad',
  subject: e.byAudience(
    `Low balance: {{ client.name }} ${e.either(e.isOverdrawn, `is overdrawn by ${e.overdrawn}`, `has ${e.available}`)}, threshold ${e.threshold}`,
    `${e.either(`${e.isLastOfSeveral} and not ${e.isOverdrawn}`, 'Final notice', 'Low balance')}: ${standingInSubject}`,
  ),
  preview: `${standingInSubject}, threshold ${e.threshold}.`,
  sender: e.byAudience('Lowwater', e.senderOfClientMail),
  eyebrow: e.byAudience(
    e.either(e.isOverdrawn, 'Overdrawn amount of {{ client.name }}', 'Available balance of {{ client.name }}'),
    yourBalance,
  ),
  headline: e.headlineBalance,
  unit: '{{ client.currency }}',
  lead: e.byAudience(
    `{{ client.name }} is below the threshold of ${e.threshold}{% if profile.name %} in the profile "{{ profile.name }}"{% endif %}.`,
    e.either(
      e.isOverdrawn,
      `Your balance is overdrawn by ${e.overdrawn}, below the threshold of ${e.threshold}. Service may be interrupted.`,
      `Your available balance is below ${e.threshold}. Service may be interrupted when it runs out.`,
    ),
  ),
  notice: lastNotice,
  facts: [
    { label: 'Client', value: '{{ client.name }} ({{ client.id }})', when: e.forStaff },
    {
      label: 'Available in {{ threshold_currency }}',
      value: `about ${e.availableConverted}`,
      when: 'available_converted',
    },
    { label: 'Threshold', value: e.threshold },
    ...balanceFacts,
    ...checkFacts,
  ],
  nextTitle,
  next: [
    { when: e.forStaff, text: 'Ask the client to pay, or grant temporary credit.' },
    {
      when: `${e.forStaff} and client.alert_threshold`,
      text: 'The client is notified below {{ client.alert_threshold | money }} {{ threshold_currency }}.',
    },
    {
      when: e.forClient,
      text: `Pay to bring your available balance to ${e.threshold} or more. The notices then stop.`,
    },
    { when: e.forClient, text: paid },
    { ...ask, when: `${e.forClient} and reseller.email` },
  ],
  button: { ...openClient, when: `${e.forStaff} and links.client` },
  footer: [
    { when: `${e.forStaff} and profile.name`, text: 'Low balance profile "{{ profile.name }}", rule {{ rule.key }}.' },
    { ...staffFooter, when: `${e.forStaff} and reseller.name` },
    { ...automatic, when: `${e.forClient} and reseller.name` },
  ],
};

const isPostpaid = "client.balance_model == 'postpaid'";

const lowFundsWarning: MailCopy = {
  language,
  tone: 'warning',
  subject: `{% if ${isPostpaid} %}Credit limit warning: you owe ${e.debt}{% else %}Low funds warning: ${standingInSubject}{% endif %}`,
  preview: `The warning threshold of ${e.threshold} has been reached.`,
  sender: e.senderOfClientMail,
  eyebrow: `{% if ${isPostpaid} %}You owe{% elif ${e.isOverdrawn} %}Overdrawn amount{% else %}Your available funds{% endif %}`,
  headline: `{% if ${isPostpaid} %}{{ client.debt | money }}{% else %}${e.headlineBalance}{% endif %}`,
  unit: '{{ client.currency }}',
  lead: `{% if ${isPostpaid} %}You owe ${e.debt}, which reaches your warning threshold of ${e.threshold}. Service may be interrupted at your credit limit.{% else %}Your available funds are at or below your warning threshold of ${e.threshold}.{% endif %}`,
  facts: [
    { label: 'Warning threshold', value: e.threshold },
    { label: 'Still available', value: standing, when: isPostpaid },
    ...balanceFacts,
    { label: 'Checked', value: '{{ checked_at }}', when: 'checked_at' },
  ],
  nextTitle,
  next: [
    { text: 'Make a payment. You get this warning once, and again only after your balance recovers.' },
    { text: paid },
    ask,
  ],
  footer: [automatic],
};

const period: readonly Fact[] = [
  { label: 'Valid from', value: '{{ credit.valid_from }}', when: 'credit.valid_from' },
  { label: 'Valid until', value: '{{ credit.valid_until }}' },
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
  subject: `${e.creditAmount} of temporary credit until {{ credit.valid_until }}`,
  preview: `Your credit limit is higher by ${e.creditAmount} until {{ credit.valid_until }}.`,
  eyebrow: 'Temporary credit granted',
  headline: '{{ credit.amount | money }}',
  lead: 'Your credit limit is higher by this amount until {{ credit.valid_until }}, then returns to its permanent value automatically.',
  facts: [...period, { label: 'Available balance', value: standing, when: 'client.balance_avail' }],
  next: [{ text: 'Pay before the credit ends to avoid an interruption.' }, ask],
};

const before: readonly Fact[] = [
  { label: 'Amount before', value: e.creditAmountBefore, when: 'credit.amount_before' },
  { label: 'Valid until before', value: '{{ credit.valid_until_before }}', when: 'credit.valid_until_before' },
];

const creditExtended: MailCopy = {
  ...creditMail,
  tone: 'good',
  subject: `Temporary credit extended: ${e.creditAmount} until {{ credit.valid_until }}`,
  preview: `Your credit limit is higher by ${e.creditAmount} until {{ credit.valid_until }}.`,
  eyebrow: 'Temporary credit extended',
  headline: '{{ credit.amount | money }}',
  lead: 'Your credit limit is now higher by this amount until {{ credit.valid_until }}, then returns to its permanent value automatically.',
  facts: [...period, ...before, { label: 'Available balance', value: standing, when: 'client.balance_avail' }],
  next: [{ text: 'Pay before the credit ends to avoid an interruption.' }, ask],
};

const creditReduced: MailCopy = {
  ...creditMail,
  tone: 'warning',
  subject: `Temporary credit reduced: ${e.creditAmount} until {{ credit.valid_until }}`,
  preview: `Your temporary credit is now ${e.creditAmount} until {{ credit.valid_until }}.`,
  eyebrow: 'Temporary credit reduced',
  headline: '{{ credit.amount | money }}',
  lead: 'Your temporary credit is now this amount until {{ credit.valid_until }}, then your credit limit returns to its permanent value automatically.',
  notice: overdrawnNotice,
  facts: [
    ...period,
    ...before,
    { label: 'Available now', value: standing, when: 'client.balance_avail' },
    { label: 'Available afterward', value: standingAfter, when: e.afterIsKnown },
  ],
  next: [{ text: 'Pay before the credit ends to avoid an interruption.' }, { text: paid }, ask],
};

const creditCancelled: MailCopy = {
  ...creditMail,
  tone: 'warning',
  subject: e.either(
    e.availableIsKnown,
    `Temporary credit canceled: ${standingInSubject}`,
    `Temporary credit of ${e.creditAmount} canceled`,
  ),
  preview: `Your temporary credit of ${e.creditAmount} was canceled.`,
  eyebrow: e.either(e.availableIsKnown, yourBalance, 'Temporary credit canceled'),
  headline: e.either(e.availableIsKnown, e.headlineBalance, '{{ credit.amount | money }}'),
  lead: `Your temporary credit of ${e.creditAmount} was canceled.${e.either(e.isLimited, ' Your permanent credit limit applies.')}`,
  notice: overdrawnNotice,
  facts: [{ label: 'Canceled credit', value: e.creditAmount }, ...period, ...balanceFacts],
  next: [{ text: 'Make a payment if you need more than is available.', when: e.isLimited }, ask],
};

const creditExpiring: MailCopy = {
  ...creditMail,
  tone: 'warning',
  subject: `${e.creditAmount} of temporary credit ends {{ credit.valid_until }}`,
  preview: e.either(
    e.afterIsKnown,
    e.either(
      e.willBeOverdrawn,
      `Your balance will then be overdrawn by ${e.overdrawnAfter}.`,
      `Your available balance will then be ${e.availableAfter}.`,
    ),
    `Your temporary credit of ${e.creditAmount} is about to end.`,
  ),
  eyebrow: 'Temporary credit about to end',
  headline: '{{ credit.amount | money }}',
  lead: `Your temporary credit ends on {{ credit.valid_until }}.${e.either(`${e.afterIsKnown} and not ${e.willBeOverdrawn}`, ` Based on today's balance, ${e.availableAfter} will remain.`)}`,
  notice: {
    when: e.willBeOverdrawn,
    text: `Based on today's balance, you will be overdrawn by ${e.overdrawnAfter}. Service may be interrupted.`,
  },
  facts: [
    ...period,
    { label: 'Available now', value: standing, when: 'client.balance_avail' },
    { label: 'Available afterward', value: standingAfter, when: e.afterIsKnown },
  ],
  next: [{ text: 'Make a payment before the credit ends.' }, { text: paid }, ask],
};

const creditReverted: MailCopy = {
  ...creditMail,
  tone: 'calm',
  subject: e.either(
    e.availableIsKnown,
    `${standingInSubject}: your temporary credit has ended`,
    `Your temporary credit of ${e.creditAmount} has ended`,
  ),
  preview: `Your temporary credit of ${e.creditAmount} has ended.`,
  eyebrow: e.either(e.availableIsKnown, yourBalance, 'Temporary credit ended'),
  headline: e.either(e.availableIsKnown, e.headlineBalance, '{{ credit.amount | money }}'),
  lead: `Your temporary credit of ${e.creditAmount} has ended. Your permanent credit limit applies again.`,
  notice: overdrawnNotice,
  facts: [{ label: 'Ended credit', value: e.creditAmount }, ...period, ...balanceFacts],
  next: [{ text: 'Make a payment if you need more than is available.' }, ask],
};

const staffEvent: MailCopy = {
  language,
  tone: 'bad',
  subject: 'Lowwater: {{ event.title }}',
  preview: '{{ event.detail | truncate(120) }}',
  sender: 'Lowwater',
  eyebrow: 'Needs your attention',
  headline: '{{ event.title }}',
  lead: '{{ event.detail | nl2br }}',
  facts: [
    { label: 'Client', value: e.clientNamed, when: 'client.id' },
    { label: 'Detected', value: '{{ now }}', when: 'now' },
  ],
  factList: { list: 'event.facts', label: 'label', value: 'value' },
  nextTitle,
  next: [{ text: 'Fix the issue above. You get one email per issue, and another only if it returns.' }],
  button: openClient,
  footer: [{ text: 'Automated message from Lowwater to its staff address.' }],
};

const staffRecovery: MailCopy = {
  ...staffEvent,
  tone: 'good',
  subject: 'Lowwater: resolved: {{ event.title }}',
  eyebrow: 'Resolved',
  facts: [
    { label: 'Client', value: e.clientNamed, when: 'client.id' },
    { label: 'Resolved', value: '{{ now }}', when: 'now' },
  ],
  next: [{ text: 'No action is needed. You get another email if the issue returns.' }],
};

export const english: Readonly<Record<MailKind, MailCopy>> = {
  low_balance: lowBalance,
  low_funds_warning: lowFundsWarning,
  credit_granted: creditGranted,
  credit_extended: creditExtended,
  credit_reduced: creditReduced,
  credit_cancelled: creditCancelled,
  credit_expiring: creditExpiring,
  credit_reverted: creditReverted,
  ...invoiceEnglish({ ask, automatic }),
  ...ratesEnglish({ ask, automatic }),
  ...paymentEnglish,
  ...companyEnglish,
  staff_event: staffEvent,
  staff_recovery: staffRecovery,
  ...accountEnglish,
};
