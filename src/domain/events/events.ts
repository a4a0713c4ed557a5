import { capacityFields } from './capacity-fields.js';
import { freezeTexts } from './freeze-reasons.js';
import { missingRecipientTexts } from './missing-recipients.js';

/**
 * The kinds of entries in the events log. This one record is the source of every type, check, label, filter, email, and
 * document about events: a new kind is a new entry here.
 */

export const eventSeverities = ['info', 'warning', 'critical'] as const;
export type EventSeverity = (typeof eventSeverities)[number];

/** Details of an event, text by name: without secrets and addresses. */
export type EventData = Readonly<Record<string, string>>;

interface EventKindSpec {
  readonly severity: EventSeverity;
  /** in English, without a period: heading of the entry and subject of the staff email */
  readonly title: string;
  /** what `subject.id` names */
  readonly subjectType: string;
  /** resolved by Lowwater when the cause ends; false: only by a person */
  readonly resolvesItself: boolean;
  /** when the entry ends, for documents */
  readonly endsWhen: string;
  /** names of `data` with their English labels, in the order in which they are shown */
  readonly fields: Readonly<Record<string, string>>;
  /** what staff reads about in one email: each cause alone, or all events that agree in these fields; null: no email */
  readonly emailedBy: 'cause' | readonly string[] | null;
  /** the name in `data` by which lists group events of the kind, as rejected payments by their reason; null: all of them */
  readonly groupedBy: string | null;
  /** one or two English sentences: what happened, and what to do */
  describe(data: EventData): string;
}

const missingTexts: Readonly<Record<string, string>> = missingRecipientTexts;

const specs = {
  'rate.missing': {
    severity: 'critical',
    title: 'Missing exchange rate',
    subjectType: 'currency_pair',
    resolvesItself: true,
    endsWhen: 'a rate of the pair becomes effective',
    fields: { from: 'From', to: 'To' },
    emailedBy: 'cause',
    groupedBy: null,
    describe: ({ from, to }) =>
      `Balances in ${from} can’t be compared with thresholds in ${to}: these clients and companies are not monitored. ` +
      `Add an exchange rate from ${from} to ${to}.`,
  },
  'payment.refused': {
    severity: 'warning',
    title: 'Payment rejected',
    subjectType: 'payment',
    resolvesItself: false,
    endsWhen: 'a person resolves it',
    fields: {
      paymentId: 'Payment ID',
      amount: 'Amount',
      currency: 'Currency',
      client: 'Client',
      source: 'Source',
      reason: 'Reason',
      detail: 'Details',
    },
    emailedBy: ['source', 'reason'],
    groupedBy: 'reason',
    describe: ({ paymentId, amount, currency, detail }) =>
      `Payment ${paymentId} of ${amount} ${currency} was not recorded: ${detail}. Correct the payment at its source and send it again.`,
  },
  'source.failing': {
    severity: 'critical',
    title: 'Balance source is down',
    subjectType: 'balance_source',
    resolvesItself: true,
    endsWhen: 'the source answers again, or another one is configured',
    fields: { source: 'Source', reason: 'Reason' },
    emailedBy: 'cause',
    groupedBy: null,
    describe: ({ source, reason }) =>
      `The balance source "${source}" is not usable: ${reason}. All balances are unknown until it answers.`,
  },
  'mailbox.failing': {
    severity: 'warning',
    title: 'Mailbox for bounces is down',
    subjectType: 'mailbox',
    resolvesItself: true,
    endsWhen: 'the mailbox is read again, or none is set',
    fields: { mailbox: 'Mailbox', reason: 'Reason' },
    emailedBy: 'cause',
    groupedBy: null,
    describe: ({ mailbox, reason }) =>
      `The mailbox ${mailbox} can’t be read: ${reason}. Emails that come back are recorded once it can. Check the BOUNCE_IMAP_… settings: npm run doctor.`,
  },
  'template.failed': {
    severity: 'warning',
    title: 'Email template failed',
    subjectType: 'mail_template',
    resolvesItself: true,
    endsWhen: 'the template is changed or deleted',
    fields: { template: 'Template', templateId: 'Template ID', version: 'Version', kind: 'Kind', reason: 'Reason' },
    emailedBy: 'cause',
    groupedBy: null,
    describe: ({ template, version, reason }) =>
      `The built-in template is used instead of "${template}" (version ${version}): ${reason}. Correct the template.`,
  },
  'credit.requested': {
    severity: 'warning',
    title: 'Credit request waits',
    subjectType: 'credit_request',
    resolvesItself: true,
    endsWhen: 'the request is decided or withdrawn, or expires',
    fields: { kind: 'Kind', amount: 'Amount', currency: 'Currency', expires: 'Expires' },
    emailedBy: [],
    groupedBy: null,
    describe: ({ kind, amount, currency, expires }) =>
      `A ${kind === 'permanent' ? 'permanent credit limit' : 'temporary credit'} of ${amount} ${currency} is above the maximum of the user who requested it. Approve or refuse it by ${expires}.`,
  },
  'invoice.too_many_missed': {
    severity: 'warning',
    title: 'Too many periods to invoice',
    subjectType: 'client',
    resolvesItself: true,
    endsWhen: 'the client is invoiced, or its last invoice date is set',
    fields: { client: 'Client', since: 'Not invoiced since' },
    emailedBy: [],
    groupedBy: null,
    describe: ({ client, since }) =>
      `More than 36 periods of the client ${client} are not invoiced, the first since ${since}. No invoice was issued. Set its last invoice date, or issue an invoice.`,
  },
  'monitor.stuck': {
    severity: 'critical',
    title: 'Monitor is stuck',
    subjectType: 'monitor',
    resolvesItself: true,
    endsWhen: 'the monitor evaluates again',
    fields: { reason: 'Reason' },
    emailedBy: [],
    groupedBy: null,
    describe: ({ reason }) => `The monitor does not evaluate its client: ${reason}. Check the workers and Temporal.`,
  },
  'monitor.replaced': {
    severity: 'warning',
    title: 'Monitor was replaced',
    subjectType: 'monitor',
    resolvesItself: false,
    endsWhen: 'a person resolves it',
    fields: { reason: 'Reason', lost: 'Not saved' },
    emailedBy: [],
    groupedBy: null,
    describe: ({ reason, lost }) =>
      `A monitor was ended and started from its saved state: ${reason}.${lost ? ` Not saved: ${lost}.` : ''}`,
  },
  'client.low': {
    severity: 'warning',
    title: 'Client is low',
    subjectType: 'client',
    resolvesItself: true,
    endsWhen: 'the client is no longer low, or is no longer monitored',
    fields: { client: 'Client', available: 'Available', threshold: 'Threshold', currency: 'Currency' },
    emailedBy: null,
    groupedBy: null,
    describe: ({ client, available, threshold, currency }) =>
      `The client ${client} has ${available} ${currency} available, below its threshold of ${threshold} ${currency}. Ask the client for a payment, or grant credit.`,
  },
  'invoice.overdue': {
    severity: 'warning',
    title: 'Invoice is overdue',
    subjectType: 'invoice',
    resolvesItself: true,
    endsWhen: 'nothing of the invoice is outstanding',
    fields: {
      client: 'Client',
      invoice: 'Invoice',
      outstanding: 'Outstanding',
      currency: 'Currency',
      dueOn: 'Due date',
    },
    emailedBy: null,
    groupedBy: null,
    describe: ({ client, invoice, outstanding, currency, dueOn }) =>
      `Invoice ${invoice} of the client ${client} was due ${dueOn}, and ${outstanding} ${currency} are outstanding. Ask the client for a payment.`,
  },
  'capacity.reduced': {
    severity: 'warning',
    title: 'Capacity was reduced',
    subjectType: 'client',
    resolvesItself: true,
    endsWhen: 'another capacity applies',
    fields: capacityFields,
    emailedBy: null,
    groupedBy: null,
    describe: ({ capacity, normalCapacity, available, threshold, currency }) =>
      `The origination capacity is ${capacity} instead of ${normalCapacity}: ${available} ${currency} are available, below the threshold of ${threshold} ${currency}.`,
  },
  'capacity.restored': {
    severity: 'info',
    title: 'Capacity was restored',
    subjectType: 'client',
    resolvesItself: true,
    endsWhen: 'at once: it only informs',
    fields: capacityFields,
    emailedBy: null,
    groupedBy: null,
    describe: ({ capacity, available, currency }) =>
      `The origination capacity is ${capacity} again: ${available} ${currency} are available.`,
  },
  'notification.no_recipients': {
    severity: 'warning',
    title: 'Notification without recipients',
    subjectType: 'client',
    resolvesItself: true,
    endsWhen: 'the rule has a recipient or is no longer low, or the client has a billing email',
    fields: { client: 'Client', notification: 'Notification', reason: 'Reason' },
    emailedBy: ['reason'],
    groupedBy: 'reason',
    describe: ({ client, notification, reason }) =>
      `A notification (${notification}) of the client ${client} was not sent: ${missingTexts[reason ?? ''] ?? reason}.`,
  },
  'rate_notification.failed': {
    severity: 'warning',
    title: 'Rate notification failed',
    subjectType: 'rate_notification',
    resolvesItself: true,
    endsWhen: 'the mail server accepts a rate notification of this table for the client',
    fields: { client: 'Client', rateTable: 'Rate table', reason: 'Reason' },
    emailedBy: [],
    groupedBy: null,
    describe: ({ client, rateTable, reason }) =>
      `The client ${client} was not notified of the rates of "${rateTable}": ${reason}. Correct the rates email of the client, then resend the rate notification.`,
  },
  'email.bounced': {
    severity: 'warning',
    title: 'Email bounced',
    subjectType: 'email_address',
    resolvesItself: true,
    endsWhen: 'a person clears the address',
    fields: { status: 'Code', reason: 'Reason' },
    emailedBy: [],
    groupedBy: null,
    describe: ({ status, reason }) =>
      `An email came back after a mail server had accepted it${status ? ` (${status})` : ''}${reason ? `: ${reason}` : ''}. Correct the address where it is used, or clear it if it works.`,
  },
  'auto_payment.frozen': {
    severity: 'warning',
    title: 'Auto payment frozen',
    subjectType: 'client',
    resolvesItself: true,
    endsWhen: 'a new card is registered, or auto payment is unfrozen',
    fields: { client: 'Client', reason: 'Reason', card: 'Card', decline: 'Decline' },
    emailedBy: ['reason'],
    groupedBy: 'reason',
    describe: ({ client, card, reason }) =>
      `The card ${card} of the client ${client} is no longer charged automatically: ${freezeTexts[reason ?? ''] ?? reason}. Ask the client for another card, or unfreeze auto payment.`,
  },
  'card_payment.problem': {
    severity: 'warning',
    title: 'Card payment needs attention',
    subjectType: 'card_payment',
    resolvesItself: false,
    endsWhen: 'a person resolves it',
    fields: { client: 'Client', amount: 'Amount', currency: 'Currency', reason: 'Reason', detail: 'Details' },
    emailedBy: ['reason'],
    groupedBy: 'reason',
    describe: ({ client, amount, currency, reason, detail }) =>
      `A card payment of ${amount} ${currency} of the client ${client} needs attention: ${reason}. ${(detail ?? '').replace(/\.$/, '')}.`,
  },
  'webhook.disabled': {
    severity: 'critical',
    title: 'Webhook endpoint disabled',
    subjectType: 'webhook_endpoint',
    resolvesItself: true,
    endsWhen: 'the endpoint is enabled or deleted',
    fields: { endpoint: 'Endpoint', reason: 'Reason', lastError: 'Last error' },
    emailedBy: 'cause',
    groupedBy: null,
    describe: ({ endpoint, reason, lastError }) =>
      `The webhook endpoint "${endpoint}" no longer receives events: ${reason}. Last error: ${lastError}. Correct the receiver, enable the endpoint, and replay what it missed.`,
  },
} as const satisfies Readonly<Record<string, EventKindSpec>>;

export type EventKind = keyof typeof specs;

export const eventKinds: Readonly<Record<EventKind, EventKindSpec>> = specs;
// The keys of a literal object are its kinds.
export const eventKindNames = Object.keys(specs) as [EventKind, ...EventKind[]];

export function isEventKind(text: string): text is EventKind {
  return Object.hasOwn(specs, text);
}

/** One or two English sentences about an event; a field that is missing reads "unknown". */
export function describeEvent(kind: EventKind, data: EventData): string {
  const { fields, describe } = eventKinds[kind];
  const unknown = Object.fromEntries(Object.keys(fields).map((name) => [name, name === 'lost' ? '' : 'unknown']));
  const known = Object.fromEntries(Object.entries(data).filter(([, text]) => text !== ''));
  return describe({ ...unknown, ...known });
}
