import * as e from '../expressions.js';
import type { Fact, MailCopy } from '../layout.js';
import { ask, automatic, nextTitle, standing } from './phrases.js';

/** Emails about automatic payments. */

const paymentMail = {
  sender: e.senderOfClientMail,
  headline: '{{ card_payment.amount | money }}',
  unit: '{{ client.currency }}',
  nextTitle,
  footer: [automatic],
} as const;

const card: Fact = { label: 'Card', value: '{{ card_payment.card }}', when: 'card_payment.card' };
const reason: Fact = { label: 'Reason', value: '{{ card_payment.reason }}', when: 'card_payment.reason' };
const balance: Fact = { label: 'Available balance', value: standing, when: 'client.balance_avail' };

export const paymentMails = {
  auto_payment_declined: {
    ...paymentMail,
    tone: 'warning',
    subject: `Automatic payment of ${e.cardPaymentAmount} declined`,
    preview: `Your card {{ card_payment.card }} was not charged.`,
    eyebrow: 'Automatic payment declined',
    lead: 'Your card {{ card_payment.card }} was declined, so your balance was not refilled.',
    facts: [
      reason,
      balance,
      { label: 'Next attempt', value: '{{ card_payment.retry_at }}', when: 'card_payment.retry_at' },
    ],
    next: [
      { text: 'Make a payment, or register another card.' },
      {
        text: 'The card is charged again on {{ card_payment.retry_at }} if your balance is still low.',
        when: 'card_payment.retry_at',
      },
      ask,
    ],
  },
  auto_payment_frozen: {
    ...paymentMail,
    tone: 'bad',
    subject: 'Automatic payments stopped: register another card',
    preview: 'Your card {{ card_payment.card }} is no longer charged automatically.',
    eyebrow: 'Automatic payments stopped',
    lead: 'Your card {{ card_payment.card }} is no longer charged automatically.',
    facts: [card, reason, balance],
    next: [{ text: 'Register another card, or make a payment, to avoid an interruption.' }, ask],
  },
  auto_payment_succeeded: {
    ...paymentMail,
    tone: 'good',
    subject: `Automatic payment of ${e.cardPaymentAmount}`,
    preview: `Your card {{ card_payment.card }} was charged ${e.cardPaymentAmount}.`,
    eyebrow: 'Automatic payment',
    lead: `Your card {{ card_payment.card }} was charged ${e.cardPaymentAmount}, and your balance was refilled.`,
    facts: [
      card,
      { label: 'Transaction', value: '{{ card_payment.transaction }}', when: 'card_payment.transaction' },
      balance,
    ],
    next: [{ text: 'No action is needed.' }, ask],
  },
  card_expiring: {
    ...paymentMail,
    tone: 'warning',
    headline: '{{ card.name }}',
    unit: '',
    subject: 'Your card {{ card.name }} expires in {{ card.days }} days',
    preview: 'Register another card, so that payments continue.',
    eyebrow: 'Card expires soon',
    lead: 'Your card {{ card.name }} is valid until {{ card.last_day }}. After that, it can’t be charged.',
    facts: [{ label: 'Valid until', value: '{{ card.last_day }}' }, balance],
    next: [{ text: 'Register another card in the client panel, or ask us to do it for you.' }, ask],
  },
} as const satisfies Readonly<Record<string, MailCopy>>;
