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
  /** what staff reads about in one email: each cause alone, or all events that agree in these fields */
  readonly emailedBy: 'cause' | readonly string[];
  /** one or two English sentences: what happened, and what to do */
  describe(data: EventData): string;
}

const specs = {
  'rate.missing': {
    severity: 'critical',
    title: 'Missing exchange rate',
    subjectType: 'currency_pair',
    resolvesItself: true,
    endsWhen: 'a rate of the pair becomes effective',
    fields: { from: 'From', to: 'To' },
    emailedBy: 'cause',
    describe: ({ from, to }) =>
      `Clients billed in ${from} whose profile is in ${to} are not monitored. Add an exchange rate from ${from} to ${to}.`,
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
    describe: ({ source, reason }) =>
      `The balance source "${source}" is not usable: ${reason}. All balances are unknown until it answers.`,
  },
  'template.failed': {
    severity: 'warning',
    title: 'Email template failed',
    subjectType: 'mail_template',
    resolvesItself: true,
    endsWhen: 'the template is changed or deleted',
    fields: { template: 'Template', templateId: 'Template ID', version: 'Version', kind: 'Kind', reason: 'Reason' },
    emailedBy: 'cause',
    describe: ({ template, version, reason }) =>
      `The built-in template is used instead of "${template}" (version ${version}): ${reason}. Correct the template.`,
  },
  'monitor.stuck': {
    severity: 'critical',
    title: 'Monitor is stuck',
    subjectType: 'monitor',
    resolvesItself: true,
    endsWhen: 'the monitor evaluates again',
    fields: { reason: 'Reason' },
    emailedBy: [],
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
    describe: ({ reason, lost }) =>
      `A monitor was ended and started from its saved state: ${reason}.${lost ? ` Not saved: ${lost}.` : ''}`,
  },
} as const satisfies Readonly<Record<string, EventKindSpec>>;

export type EventKind = keyof typeof specs;

export const eventKinds: Readonly<Record<EventKind, EventKindSpec>> = specs;
// The keys of a literal object are its kinds.
export const eventKindNames = Object.keys(specs) as [EventKind, ...EventKind[]];

export function isEventKind(text: string): text is EventKind {
  return Object.hasOwn(specs, text);
}

/** Names the events that staff reads about in one email. */
export function emailGroupOf(kind: EventKind, cause: string, data: EventData): string {
  const { emailedBy } = eventKinds[kind];
  const parts = emailedBy === 'cause' ? [cause] : emailedBy.map((name) => data[name] ?? '');
  return [kind, ...parts].join(' ');
}

/** One or two English sentences about an event; a field that is missing reads "unknown". */
export function describeEvent(kind: EventKind, data: EventData): string {
  const { fields, describe } = eventKinds[kind];
  const unknown = Object.fromEntries(Object.keys(fields).map((name) => [name, name === 'lost' ? '' : 'unknown']));
  const known = Object.fromEntries(Object.entries(data).filter(([, text]) => text !== ''));
  return describe({ ...unknown, ...known });
}
