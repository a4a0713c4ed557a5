import type { MailKind } from '../variables.js';
import * as e from './expressions.js';
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
    `Low balance: {{ client.name }} has ${e.available}, threshold ${e.threshold}`,
    `{% if ${e.isOverdrawn} %}Low balance: ${e.overdrawn} overdrawn{% elif ${e.isLastOfSeveral} %}Final notice: ${e.available} available{% else %}Low balance: ${e.available} available{% endif %}`,
  ),
  preview: `Available ${e.available}, threshold ${e.threshold}.`,
  sender: e.byAudience('Lowwater', e.senderOfClientMail),
  eyebrow: e.byAudience('Available balance of {{ client.name }}', 'Your available balance'),
  headline: '{{ client.balance_avail | money }}',
  unit: '{{ client.currency }}',
  lead: e.byAudience(
    `{{ client.name }} is below the threshold of ${e.threshold}{% if profile.name %} in the profile "{{ profile.name }}"{% endif %}.`,
    `Your available balance is below ${e.threshold}. Service may be interrupted when it runs out.`,
  ),
  notice: lastNotice,
  facts: [
    { label: 'Client', value: '{{ client.name }} ({{ client.id }})', when: e.forStaff },
    { label: 'Available in {{ threshold_currency }}', value: e.availableConverted, when: 'available_converted' },
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
  subject: `{% if ${isPostpaid} %}Credit limit warning: you owe ${e.debt}{% else %}Low funds warning: ${e.available} available{% endif %}`,
  preview: `The warning threshold of ${e.threshold} has been reached.`,
  sender: e.senderOfClientMail,
  eyebrow: `{% if ${isPostpaid} %}You owe{% else %}Your available funds{% endif %}`,
  headline: `{% if ${isPostpaid} %}{{ client.debt | money }}{% else %}{{ client.balance_avail | money }}{% endif %}`,
  unit: '{{ client.currency }}',
  lead: `{% if ${isPostpaid} %}You owe ${e.debt}, which reaches your warning threshold of ${e.threshold}. Service may be interrupted at your credit limit.{% else %}Your available funds are at or below your warning threshold of ${e.threshold}.{% endif %}`,
  facts: [
    { label: 'Warning threshold', value: e.threshold },
    { label: 'Still available', value: e.available, when: isPostpaid },
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

const creditGranted: MailCopy = {
  language,
  tone: 'good',
  subject: `${e.creditAmount} of temporary credit until {{ credit.valid_until }}`,
  preview: `Your credit limit is higher by ${e.creditAmount} until {{ credit.valid_until }}.`,
  sender: e.senderOfClientMail,
  eyebrow: 'Temporary credit granted',
  headline: '{{ credit.amount | money }}',
  unit: '{{ client.currency }}',
  lead: 'Your credit limit is higher by this amount until {{ credit.valid_until }}, then returns to its permanent value automatically.',
  facts: [...period, { label: 'Available balance', value: e.available, when: 'client.balance_avail' }],
  nextTitle,
  next: [{ text: 'Pay before the credit ends to avoid an interruption.' }, ask],
  footer: [automatic],
};

const before: readonly Fact[] = [
  { label: 'Amount before', value: e.creditAmountBefore, when: 'credit.amount_before' },
  { label: 'Valid until before', value: '{{ credit.valid_until_before }}', when: 'credit.valid_until_before' },
];

const creditExtended: MailCopy = {
  language,
  tone: 'good',
  subject: `Temporary credit extended: ${e.creditAmount} until {{ credit.valid_until }}`,
  preview: `Your credit limit is higher by ${e.creditAmount} until {{ credit.valid_until }}.`,
  sender: e.senderOfClientMail,
  eyebrow: 'Temporary credit extended',
  headline: '{{ credit.amount | money }}',
  unit: '{{ client.currency }}',
  lead: 'Your credit limit is now higher by this amount until {{ credit.valid_until }}, then returns to its permanent value automatically.',
  facts: [...period, ...before, { label: 'Available balance', value: e.available, when: 'client.balance_avail' }],
  nextTitle,
  next: [{ text: 'Pay before the credit ends to avoid an interruption.' }, ask],
  footer: [automatic],
};

const creditReduced: MailCopy = {
  language,
  tone: 'warning',
  subject: `Temporary credit reduced: ${e.creditAmount} until {{ credit.valid_until }}`,
  preview: `Your temporary credit is now ${e.creditAmount} until {{ credit.valid_until }}.`,
  sender: e.senderOfClientMail,
  eyebrow: 'Temporary credit reduced',
  headline: '{{ credit.amount | money }}',
  unit: '{{ client.currency }}',
  lead: 'Your temporary credit is now this amount until {{ credit.valid_until }}, then your credit limit returns to its permanent value automatically.',
  notice: { when: 'client.balance_avail < 0', text: 'Your balance is below zero. Service may be interrupted.' },
  facts: [
    ...period,
    ...before,
    { label: 'Available now', value: e.available, when: 'client.balance_avail' },
    { label: 'Available afterwards', value: e.availableAfter, when: e.afterIsKnown },
  ],
  nextTitle,
  next: [{ text: 'Pay before the credit ends to avoid an interruption.' }, { text: paid }, ask],
  footer: [automatic],
};

const creditCancelled: MailCopy = {
  language,
  tone: 'warning',
  subject: e.either(
    e.availableIsKnown,
    `Temporary credit canceled: ${e.available} available`,
    `Temporary credit of ${e.creditAmount} canceled`,
  ),
  preview: `Your temporary credit of ${e.creditAmount} was canceled.`,
  sender: e.senderOfClientMail,
  eyebrow: e.either(e.availableIsKnown, 'Your available balance', 'Temporary credit canceled'),
  headline: e.either(e.availableIsKnown, '{{ client.balance_avail | money }}', '{{ credit.amount | money }}'),
  unit: '{{ client.currency }}',
  lead: `Your temporary credit of ${e.creditAmount} was canceled.${e.either(e.isLimited, ' Your permanent credit limit applies.')}`,
  notice: { when: 'client.balance_avail < 0', text: 'Your balance is below zero. Service may be interrupted.' },
  facts: [{ label: 'Canceled credit', value: e.creditAmount }, ...period, ...balanceFacts],
  nextTitle,
  next: [{ text: 'Make a payment if you need more than is available.', when: e.isLimited }, ask],
  footer: [automatic],
};

const creditExpiring: MailCopy = {
  language,
  tone: 'warning',
  subject: `${e.creditAmount} of temporary credit ends {{ credit.valid_until }}`,
  preview: e.either(
    e.afterIsKnown,
    `Your available balance will then be ${e.availableAfter}.`,
    `Your temporary credit of ${e.creditAmount} is about to end.`,
  ),
  sender: e.senderOfClientMail,
  eyebrow: 'Temporary credit about to end',
  headline: '{{ credit.amount | money }}',
  unit: '{{ client.currency }}',
  lead: `Your temporary credit ends on {{ credit.valid_until }}.${e.either(e.afterIsKnown, ` Based on today's balance, ${e.availableAfter} will remain.`)}`,
  notice: { when: 'credit.available_after < 0', text: 'Your balance will be below zero. Service may be interrupted.' },
  facts: [
    ...period,
    { label: 'Available now', value: e.available, when: 'client.balance_avail' },
    { label: 'Available afterwards', value: e.availableAfter, when: e.afterIsKnown },
  ],
  nextTitle,
  next: [{ text: 'Make a payment before that time.' }, { text: paid }, ask],
  footer: [automatic],
};

const creditReverted: MailCopy = {
  language,
  tone: 'calm',
  subject: e.either(
    e.availableIsKnown,
    `${e.available} available: your temporary credit has ended`,
    `Your temporary credit of ${e.creditAmount} has ended`,
  ),
  preview: `Your temporary credit of ${e.creditAmount} has ended.`,
  sender: e.senderOfClientMail,
  eyebrow: e.either(e.availableIsKnown, 'Your available balance', 'Temporary credit ended'),
  headline: e.either(e.availableIsKnown, '{{ client.balance_avail | money }}', '{{ credit.amount | money }}'),
  unit: '{{ client.currency }}',
  lead: `Your temporary credit of ${e.creditAmount} has ended. Your permanent credit limit applies again.`,
  notice: { when: 'client.balance_avail < 0', text: 'Your balance is below zero. Service may be interrupted.' },
  facts: [{ label: 'Ended credit', value: e.creditAmount }, ...period, ...balanceFacts],
  nextTitle,
  next: [{ text: 'Make a payment if you need more than what is available.' }, ask],
  footer: [automatic],
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

export const english: Readonly<Record<MailKind, MailCopy>> = {
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
