import type { AccountChange } from '../../domain/access/account-links.js';

/** Pieces of template language that the built-in emails of every language share. */

export const available = '{{ client.balance_avail | money }} {{ client.currency }}';
export const availableConverted = '{{ available_converted | money }} {{ threshold_currency }}';
/** A share such as 75% is no amount, so it is neither: it has no currency. */
export const threshold =
  '{{ threshold | money }}{% if threshold < 0 or threshold >= 0 %} {{ threshold_currency }}{% endif %}';
export const liveBalance = '{{ client.balance_live | money }} {{ client.currency }}';
export const creditLimit = '{{ client.credit_limit | money }} {{ client.currency }}';
export const temporaryCredit = '{{ client.temporary_credit | money }} {{ client.currency }}';
export const debt = '{{ client.debt | money }} {{ client.currency }}';
export const creditAmount = '{{ credit.amount | money }} {{ client.currency }}';
export const creditAmountBefore = '{{ credit.amount_before | money }} {{ client.currency }}';
export const cardPaymentAmount = '{{ card_payment.amount | money }} {{ client.currency }}';
export const companyBalance = '{{ BALANCE | money }} {{ CURRENCY }}';
export const companyThreshold = '{{ THRESHOLD | money }} {{ THRESHOLD_CURRENCY }}';
export const availableAfter = '{{ credit.available_after | money }} {{ client.currency }}';

/** Empty in emails about a credit where the balance is unknown, or nothing limits it. */
export const availableIsKnown = 'client.balance_avail != null';
export const afterIsKnown = 'credit.available_after != null';

/** Without credit limit nothing is returned to. */
export const isLimited = "client.balance_model != 'unlimited'";

export const isOverdrawn = 'client.overdrawn > 0';
export const overdrawn = '{{ client.overdrawn | money }} {{ client.currency }}';
/** The number of an email about the available balance: without a sign, because its label says that it is overdrawn. */
export const headlineBalance = either(
  isOverdrawn,
  '{{ client.overdrawn | money }}',
  '{{ client.balance_avail | money }}',
);

export const willBeOverdrawn = 'credit.overdrawn_after > 0';
export const overdrawnAfter = '{{ credit.overdrawn_after | money }} {{ client.currency }}';

/** The user rule of a profile notifies staff, every other rule the client (docs/manuals.md#user-notification). */
export const forStaff = "rule.audience == 'user'";
export const forClient = "rule.audience != 'user'";

/** The last notice until the counter resets (docs/manuals.md#max-qty-and-period). */
export const isLast = "rule.max != 'unlimited' and rule.number == rule.max";
export const isLastOfSeveral = `${isLast} and rule.max != 1`;

export const senderOfClientMail = "{{ reseller.name | default('Lowwater') }}";

export const invoiceTotal = '{{ invoice.amount | money }} {{ client.currency }}';
export const invoiceOutstanding = '{{ invoice.outstanding | money }} {{ client.currency }}';
export const isInvoiceOpen = 'invoice.outstanding > 0';
export const isInvoiceSettled = 'not invoice.outstanding > 0';
export const isCreditNote = "invoice.type == 'credit_note'";

export const isChangedOnly = "rates.type == 'changed'";
export const isCorrection = "rates.kind == 'correction'";

/** One text for each balance of a company. */
export function bySide(their: string, our: string, mutual: string): string {
  return `{% if SIDE == 'our' %}${our}{% elif SIDE == 'mutual' %}${mutual}{% else %}${their}{% endif %}`;
}

/** One text for the staff, another for the client. */
export function byAudience(staff: string, client: string): string {
  return `{% if ${forStaff} %}${staff}{% else %}${client}{% endif %}`;
}

/** The first text where the condition holds, else the second. */
export function either(condition: string, then: string, otherwise = ''): string {
  return `{% if ${condition} %}${then}{% else %}${otherwise}{% endif %}`;
}

/** "3 of 3", or "3" where the profile sets no maximum. */
export function noticeNumber(of: string): string {
  return `{{ rule.number }}{% if rule.max and rule.max != 'unlimited' %} ${of} {{ rule.max }}{% endif %}`;
}

/** An event may have no more than the client's id. */
export const clientNamed =
  '{% if client.name %}{{ client.name }} ({{ client.id }}){% else %}{{ client.id }}{% endif %}';

export const mailto =
  '<a class="link" href="mailto:{{ reseller.email }}" style="color:#24497f">{{ reseller.email }}</a>';

type ChangeTexts = Readonly<Record<Exclude<AccountChange, 'password'> | 'other', string>>;

/** One text for each change of the second factor, in template language. */
export function changeText({ other, ...texts }: ChangeTexts): string {
  const cases = Object.entries(texts).map(
    ([change, text], index) => `{% ${index === 0 ? 'if' : 'elif'} account.change == '${change}' %}${text}`,
  );
  return `${cases.join('')}{% else %}${other}{% endif %}`;
}
