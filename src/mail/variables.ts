import { ruleAudiences, ruleKeyForms } from '../domain/monitoring/rule-identity.js';
import { mailKinds, mailKindSpecs, type MailKind, type VariableGroup } from '../domain/notifications/mail-kinds.js';

export { mailKinds, type MailKind } from '../domain/notifications/mail-kinds.js';

/**
 * How a variable is written.
 *
 * - `text`, `number`: unchanged.
 * - `money`: a decimal string with at least the minor digits of its currency (`-1234.50`, `950` JPY), never rounded; the
 *   filter `money` groups its digits for the locale.
 * - `time`: an RFC 3339 instant, written in the email's locale and time zone; anything else unchanged.
 * - `url`: only http and https addresses; anything else is left empty.
 * - `list`: for `for`; its items have the named fields.
 */
export type VariableType = 'text' | 'number' | 'money' | 'time' | 'url' | 'list';

/** One variable a template may use, as an editor shows it. */
export interface VariableSpec {
  /** `client.balance_avail`; also written `client['balance_avail']`, as in the manuals */
  readonly path: string;
  readonly type: VariableType;
  readonly description: string;
  readonly sample: string | readonly Readonly<Record<string, string>>[];
  /** of a list: the names within each item */
  readonly fields?: readonly string[];
}

type VariableList = readonly Readonly<Record<string, string>>[];
type VariableValue = string | number | null | undefined | VariableList;

/** What a template is given: `{ client: { name: 'Customer A', ... }, threshold: '50.00', ... }`. Missing is empty. */
export type MailVariables = Readonly<Record<string, VariableValue | Readonly<Record<string, VariableValue>>>>;

/**
 * Templates of the systems that Lowwater replaces name `client.balance_avail`, `client.currency`,
 * `client.alert_threshold` and `client.alert_athreshold`, and render unchanged.
 */
const oneOf = (words: readonly string[]): string => `${words.slice(0, -1).join(', ')}, or ${words.at(-1) ?? ''}`;

type Row = readonly [path: string, type: VariableType, description: string, sample: string];

const clientRows: readonly Row[] = [
  ['client.id', 'number', 'Number of the client', '17'],
  ['client.name', 'text', 'Name of the client', 'Customer A'],
  ['client.balance_avail', 'money', 'Available balance: live balance and credit', '42.17'],
  ['client.currency', 'text', "The client's currency", 'USD'],
  ['client.overdrawn', 'money', 'Amount below zero; empty if the available balance is not negative', ''],
  ['client.balance_live', 'money', 'Live balance: payments minus charges', '-7.83'],
  ['client.balance_model', 'text', 'prepaid, postpaid, or unlimited', 'prepaid'],
  ['client.credit_limit', 'money', 'Permanent credit limit', '50.00'],
  ['client.temporary_credit', 'money', 'Active temporary credit; 0.00 if there is none', '0.00'],
];

const resellerRows: readonly Row[] = [
  ['reseller.name', 'text', 'Company that owns the client', 'Company Name'],
  ['reseller.email', 'text', "The reseller's contact address for the client", 'billing@company.example'],
];

const generalRows: readonly Row[] = [
  [
    'links.client',
    'url',
    "The client's page, for staff; empty if no public address is set",
    'https://lowwater.example/clients/17',
  ],
  ['now', 'time', "Time of writing, in the reader's time zone", '2026-05-12T11:05:00Z'],
];

const ruleRows: readonly Row[] = [
  ['rule.key', 'text', oneOf(ruleKeyForms), 'client'],
  ['rule.audience', 'text', oneOf(ruleAudiences), 'client'],
  ['rule.number', 'number', 'Number of this notification since the counter was reset', '1'],
  ['rule.max', 'text', 'Max qty of the rule, or "unlimited"', '3'],
  ['threshold', 'money', 'Threshold of the rule; a share such as 75% for some warning thresholds', '50.00'],
  ['threshold_currency', 'text', 'Currency of the threshold', 'USD'],
  [
    'available_converted',
    'money',
    'Available balance in the currency of the threshold, rounded; empty if the currencies are equal',
    '',
  ],
  ['checked_at', 'time', "Time of the balance, in the reader's time zone", '2026-05-12T11:05:00Z'],
  ['next_check_at', 'time', "Time of the next check, in the reader's time zone", '2026-05-13T11:05:00Z'],
];

/** A converted amount: the variable that it must not be rounded across, and that of its currency. */
export interface Rounding {
  readonly beside: string;
  readonly currency: string;
}

/** Converted amounts by path: they are written rounded, and compared exactly. */
export const roundings: ReadonlyMap<string, Rounding> = new Map([
  ['available_converted', { beside: 'threshold', currency: 'threshold_currency' }],
]);

const lowBalanceRows: readonly Row[] = [
  [
    'client.alert_threshold',
    'money',
    "Threshold of the client notification: the client's own, else the profile's",
    '50.00',
  ],
  [
    'client.alert_athreshold',
    'money',
    "Threshold of the admin notification: the client's own, else of the user notification",
    '100.00',
  ],
  ['profile.name', 'text', 'The low balance profile', 'default'],
];

const creditRows: readonly Row[] = [
  ['credit.amount', 'money', 'The temporary credit', '200.00'],
  ['credit.valid_from', 'time', "Its start, in the reader's time zone", '2026-05-12T11:00:00Z'],
  ['credit.valid_until', 'time', "Its end, in the reader's time zone", '2026-05-19T11:00:00Z'],
  ['credit.reason', 'text', 'Why it was granted', 'Bank holiday: the transfer arrives on Monday'],
  ['credit.available_after', 'money', 'Available balance after it reverts; empty for an unlimited client', '-157.83'],
  ['credit.overdrawn_after', 'money', 'Amount below zero after it reverts; empty if not negative', '157.83'],
];

const creditBeforeRows: readonly Row[] = [
  ['credit.amount_before', 'money', 'The temporary credit before the change', '150.00'],
  ['credit.valid_until_before', 'time', "Its end before the change, in the reader's time zone", '2026-05-17T11:00:00Z'],
];

const autoPaymentRows: readonly Row[] = [
  [
    'auto_payment.state',
    'text',
    'off, idle, waiting, charging, held, declined, frozen, or unknown: whether the card is being charged',
    'charging',
  ],
  ['auto_payment.amount', 'money', 'Amount that is being charged; empty if none is', '100.00'],
];

const cardPaymentRows: readonly Row[] = [
  ['card_payment.amount', 'money', "Amount of the automatic payment, in the client's currency", '100.00'],
  ['card_payment.card', 'text', 'Brand and last four digits of the card', 'Visa 1111'],
  ['card_payment.reason', 'text', "The gateway's reason for a decline; empty if it gave none", 'Insufficient funds'],
  [
    'card_payment.retry_at',
    'time',
    "When the card is charged again if the balance is still low, in the reader's time zone; empty if it is not",
    '2026-05-13T11:05:00Z',
  ],
  ['card_payment.transaction', 'text', "The gateway's number of the transaction", '60198765432'],
];

const expiringCardRows: readonly Row[] = [
  ['card.name', 'text', 'Brand and last four digits of the card', 'Visa 1111'],
  ['card.last_day', 'text', 'Last day on which the card is valid', '2026-06-30'],
  ['card.days', 'number', 'Days until the last day', '30'],
];

/** `COMPANY` and `BALANCE` have their names from the manual. */
const companyRows: readonly Row[] = [
  ['COMPANY', 'text', 'Name of the company', 'Carrier One'],
  ['BALANCE', 'money', 'The balance of the side that is low', '-120.00'],
  ['CURRENCY', 'text', 'Currency of the balance', 'USD'],
  ['THRESHOLD', 'money', 'Threshold of the side', '0.00'],
  ['THRESHOLD_CURRENCY', 'text', 'Currency of the threshold', 'USD'],
  ['SIDE', 'text', 'their, our, or mutual', 'our'],
];

const debtRows: readonly Row[] = [['client.debt', 'money', 'Debt on the live balance', '7.83']];

const eventRows: readonly Row[] = [
  ['event.title', 'text', 'The event in one line', 'No exchange rate from USD to EUR'],
  ['event.detail', 'text', 'Consequence and what to do', 'Clients of "default" are not checked until it is set.'],
  ['client.id', 'number', 'Client of the event, if any', '17'],
  ['client.name', 'text', 'Name of that client', 'Customer A'],
];

const eventFacts: VariableSpec = {
  path: 'event.facts',
  type: 'list',
  description: 'Details of the event, each with a label and a value',
  fields: ['label', 'value'],
  sample: [
    { label: 'Affected clients', value: '12' },
    { label: 'Since', value: '12 May 2026, 14:05' },
  ],
};

const invoicedClientRows: readonly Row[] = [
  ['client.id', 'number', 'Number of the client', '17'],
  ['client.name', 'text', 'Name of the client', 'Customer A'],
  ['client.currency', 'text', "The client's currency", 'USD'],
];

/** Templates of the systems that Lowwater replaces name these, except `outstanding`. */
const invoiceRows: readonly Row[] = [
  ['invoice.no', 'text', 'Invoice number', 'INV-000042'],
  ['invoice.type', 'text', 'outgoing or credit_note', 'outgoing'],
  ['invoice.c_dt', 'text', 'Invoice date', '2026-04-01'],
  ['invoice.amount', 'money', 'Total with tax', '119.00'],
  ['invoice.period_start', 'text', 'First day of the period', '2026-03-01'],
  ['invoice.period_finish', 'text', 'Last day of the period', '2026-03-31'],
  ['invoice.due_date', 'text', 'Due date; empty for a credit note', '2026-04-15'],
  ['invoice.descr', 'text', 'Description', 'March and porting'],
  ['invoice.tz', 'text', 'Time zone of the dates', 'Europe/Kyiv'],
  ['invoice.state', 'text', 'unpaid, partly_paid, paid, not_payable, overdue, or void', 'unpaid'],
  ['invoice.name', 'text', 'Name of the invoiced client', 'Customer A'],
  ['invoice.outstanding', 'money', 'What is still to be paid', '119.00'],
];

const reminderRows: readonly Row[] = [['invoice.days', 'number', 'Days until the due date, or since then', '3']];

const accountRows: readonly Row[] = [
  ['account.name', 'text', "The user's name", 'Anna Example'],
  ['account.email', 'text', 'The address that the user logs in with', 'anna@company.example'],
];

const panelAccountRows: readonly Row[] = [
  ['account.name', 'text', 'Name of the client', 'Customer A'],
  ['account.login', 'text', 'The name that the client logs in to the client panel with', 'customer-a'],
];

const emailChangeRows: readonly Row[] = [
  ['email_change.old', 'text', 'The billing email so far; empty if there is none', 'billing@customer.example'],
  ['email_change.new', 'text', 'The billing email that must be confirmed', 'finance@customer.example'],
];

const accountLinkRows: readonly Row[] = [
  [
    'links.account',
    'url',
    'The page that sets the password or confirms the change, once',
    'https://lowwater.example/set-password#token',
  ],
  ['account.valid_until', 'time', "Until when the link works, in the reader's time zone", '2026-05-12T12:05:00Z'],
];

const accountChangeRows: readonly Row[] = [
  [
    'account.change',
    'text',
    'password, enabled, replaced, disabled, reset, recovery_codes, or recovery_code_used',
    'password',
  ],
  ['account.changed_at', 'time', "When it was changed, in the reader's time zone", '2026-05-12T11:05:00Z'],
];

const digestRows: readonly Row[] = [
  ['digest.low_count', 'number', 'Active clients that are low', '2'],
  ['digest.notified_count', 'number', 'Clients notified in the last 24 hours', '1'],
  ['digest.recovered_count', 'number', 'Clients that are no longer low since the last 24 hours', '1'],
  ['digest.ending_count', 'number', 'Temporary credits and silences that end today', '1'],
  [
    'links.low',
    'url',
    'The list of low clients; empty if no public address is set',
    'https://lowwater.example/clients?state=low',
  ],
  ['now', 'time', "Time of writing, in the reader's time zone", '2026-05-12T11:05:00Z'],
];

const digestLists: readonly VariableSpec[] = [
  {
    path: 'digest.low',
    type: 'list',
    description: 'Low clients, the shortest runway first; days: whole days of runway, empty if there is no estimate',
    fields: ['name', 'available', 'currency', 'days'],
    sample: [
      { name: 'Customer A', available: '-3.10', currency: 'USD', days: '' },
      { name: 'Customer B', available: '42.17', currency: 'USD', days: '4' },
    ],
  },
  {
    path: 'digest.notified',
    type: 'list',
    description: 'Clients notified in the last 24 hours, with the number of notifications',
    fields: ['name', 'count'],
    sample: [{ name: 'Customer A', count: '2' }],
  },
  {
    path: 'digest.recovered',
    type: 'list',
    description: 'Clients that were low and are not any more',
    fields: ['name', 'available', 'currency'],
    sample: [{ name: 'Customer C', available: '250.00', currency: 'EUR' }],
  },
  {
    path: 'digest.ending',
    type: 'list',
    description: 'What ends today; kind: credit or silence',
    fields: ['kind', 'name', 'at'],
    sample: [{ kind: 'credit', name: 'Customer B', at: '18:00' }],
  },
];

const groups: Readonly<Record<VariableGroup, readonly Row[]>> = {
  client: clientRows,
  profile: lowBalanceRows,
  debt: debtRows,
  rule: ruleRows,
  credit: creditRows,
  credit_before: creditBeforeRows,
  invoiced_client: invoicedClientRows,
  invoice: invoiceRows,
  reminder: reminderRows,
  auto_payment: autoPaymentRows,
  card_payment: cardPaymentRows,
  expiring_card: expiringCardRows,
  company: companyRows,
  staff_event: eventRows,
  account: accountRows,
  panel_account: panelAccountRows,
  account_link: accountLinkRows,
  account_change: accountChangeRows,
  email_change: emailChangeRows,
  digest: digestRows,
  reseller: resellerRows,
  general: generalRows,
};

/** The variables of a group, in the order an editor lists them. */
export function variablesOfGroup(group: VariableGroup): readonly VariableSpec[] {
  const specs = groups[group].map(([path, type, description, sample]) => ({ path, type, description, sample }));
  if (group === 'digest') return [...specs, ...digestLists];
  return group === 'staff_event' ? [...specs, eventFacts] : specs;
}

/** In the order of their tables in the docs. */
export const variableGroups = Object.keys(groups) as readonly VariableGroup[];

const catalogue = new Map<MailKind, readonly VariableSpec[]>(
  mailKinds.map((kind) => [kind, mailKindSpecs[kind].variables.flatMap(variablesOfGroup)]),
);

/** All variables a template of this kind may use, in the order an editor lists them. */
export function variablesOf(kind: MailKind): readonly VariableSpec[] {
  return catalogue.get(kind) ?? [];
}

/** Plausible values for every variable of a kind: for previews and tests. A new object on each call. */
export function sampleVariables(kind: MailKind): MailVariables {
  const sample: Record<string, VariableValue | Record<string, VariableValue>> = {};
  for (const spec of variablesOf(kind)) {
    const [root = '', name] = spec.path.split('.');
    if (name === undefined) {
      sample[root] = spec.sample;
      continue;
    }
    const group = sample[root];
    if (typeof group === 'object' && group !== null && !Array.isArray(group))
      Object.assign(group, { [name]: spec.sample });
    else sample[root] = { [name]: spec.sample };
  }
  return sample;
}
