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

/** The emails about a low balance. */
export const balanceMails = {
  low_balance: lowBalance,
  low_funds_warning: lowFundsWarning,
} as const;
