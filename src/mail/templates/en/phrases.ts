import * as e from '../expressions.js';
import type { Conditional, Fact } from '../layout.js';

/** What several of the built-in emails say. */

export const nextTitle = 'What to do next';

export const ask: Conditional = {
  when: 'reseller.email',
  text: 'Questions? Write to {{ reseller.name }}: {{ reseller.email }}',
  html: `Questions? Write to {{ reseller.name }}: ${e.mailto}`,
};
export const paid = 'Already paid? No action is needed. Your balance updates when the payment is recorded.';
export const automatic: Conditional = {
  text: 'Automated message from Lowwater on behalf of {{ reseller.name }}.',
  when: 'reseller.name',
};
export const staffFooter: Conditional = {
  text: 'Automated message from Lowwater to the staff of {{ reseller.name }}.',
  when: 'reseller.name',
};
export const openClient = { when: 'links.client', href: 'links.client', text: 'Open client' };

/** "42.17 USD", or "overdrawn by 12.50 USD". */
export const standing = e.either(e.isOverdrawn, `overdrawn by ${e.overdrawn}`, e.available);
/** The same behind a colon of a subject: "42.17 USD available", or "12.50 USD overdrawn". */
export const standingInSubject = e.either(e.isOverdrawn, `${e.overdrawn} overdrawn`, `${e.available} available`);
export const standingAfter = e.either(e.willBeOverdrawn, `overdrawn by ${e.overdrawnAfter}`, e.availableAfter);
export const yourBalance = e.either(e.isOverdrawn, 'Overdrawn amount', 'Your available balance');
export const overdrawnNotice: Conditional = {
  when: e.isOverdrawn,
  text: `Your balance is overdrawn by ${e.overdrawn}. Service may be interrupted.`,
};

export const balanceFacts: readonly Fact[] = [
  { label: 'Live balance', value: e.liveBalance, when: 'client.balance_live != null' },
  { label: 'Credit limit', value: e.creditLimit, when: 'client.credit_limit' },
  { label: 'Temporary credit', value: e.temporaryCredit, when: 'client.temporary_credit' },
];
export const checkFacts: readonly Fact[] = [
  { label: 'Checked', value: '{{ checked_at }}', when: 'checked_at' },
  { label: 'Next check', value: '{{ next_check_at }}', when: 'next_check_at' },
  { label: 'Notice', value: e.noticeNumber('of'), when: 'rule.number' },
];
export const lastNotice: Conditional = {
  when: e.isLast,
  text: '{% if rule.max == 1 %}This is the only notice until the balance is refilled.{% else %}This is notice {{ rule.number }} of {{ rule.max }}, the last until the balance is refilled.{% endif %}',
};
