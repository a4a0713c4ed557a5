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
  { label: 'Valid from', value: '{{ credit.valid_from }}', when: 'credit.valid_from' },
  { label: 'Valid until', value: '{{ credit.valid_until }}' },
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

/** The emails about a temporary credit. */
export const creditMails = {
  credit_granted: creditGranted,
  credit_extended: creditExtended,
  credit_reduced: creditReduced,
  credit_cancelled: creditCancelled,
  credit_expiring: creditExpiring,
  credit_reverted: creditReverted,
} as const;
