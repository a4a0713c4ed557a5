import { ruleAudiences, ruleKeyForms } from '../domain/monitoring/rule-identity.js';
import { mailKinds, mailKindSpecs, type MailKind, type VariableGroup } from '../domain/notifications/mail-kinds.js';
import {
  accountChangeRows,
  accountLinkRows,
  accountRows,
  emailChangeRows,
  panelAccountRows,
} from './variable-rows/account-rows.js';
import { autoPaymentRows, cardPaymentRows, expiringCardRows } from './variable-rows/card-rows.js';
import { digestLists, digestRows } from './variable-rows/digest-rows.js';
import { invoicedClientRows, invoiceRows, reminderRows } from './variable-rows/invoice-rows.js';
import { rateRows } from './variable-rows/rate-rows.js';
import type { Row, VariableSpec } from './variable-rows/variable-row.js';

export { mailKinds, type MailKind } from '../domain/notifications/mail-kinds.js';

type VariableList = readonly Readonly<Record<string, string>>[];
type VariableValue = string | number | null | undefined | VariableList;

/** What a template is given: `{ client: { name: 'Customer A', ... }, threshold: '50.00', ... }`. Missing is empty. */
export type MailVariables = Readonly<Record<string, VariableValue | Readonly<Record<string, VariableValue>>>>;

const oneOf = (words: readonly string[]): string => `${words.slice(0, -1).join(', ')}, or ${words.at(-1) ?? ''}`;

/**
 * Templates of the systems that Lowwater replaces name `client.balance_avail`, `client.currency`,
 * `client.alert_threshold` and `client.alert_athreshold`, and render unchanged.
 */
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
  rates: rateRows,
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
