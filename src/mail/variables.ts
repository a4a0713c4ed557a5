import { mailKinds, mailKindSpecs, type MailKind, type VariableGroup } from '../domain/mail-kinds.js';

export { mailKinds, type MailKind } from '../domain/mail-kinds.js';

/**
 * How a variable is written.
 *
 * - `text`, `number`: as it stands.
 * - `money`: a decimal string as it stands (`-1234.50`); the filter `money` groups its digits for the locale.
 * - `time`: an RFC 3339 instant, written in the mail's locale and time zone; anything else as it stands.
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
type Row = readonly [path: string, type: VariableType, description: string, sample: string];

const clientRows: readonly Row[] = [
  ['client.id', 'number', "The client's number", '17'],
  ['client.name', 'text', "The client's name", 'Customer A'],
  ['client.balance_avail', 'money', 'Available balance: live balance and credit', '42.17'],
  ['client.currency', 'text', "The client's currency", 'USD'],
  ['client.overdrawn', 'money', 'How far the available balance is below zero; empty where it is not', ''],
  ['client.balance_live', 'money', 'Live balance: payments less charges', '-7.83'],
  ['client.balance_model', 'text', 'prepaid, postpaid or unlimited', 'prepaid'],
  ['client.credit_limit', 'money', 'Permanent credit limit', '50.00'],
  ['client.temporary_credit', 'money', 'Temporary credit that is valid now; 0.00 where there is none', '0.00'],
];

const resellerRows: readonly Row[] = [
  ['reseller.name', 'text', 'The company that owns the client', 'Company Name'],
  ['reseller.email', 'text', 'Whom the client may ask', 'billing@company.example'],
];

const generalRows: readonly Row[] = [
  ['links.client', 'url', "The client's page, for staff", 'https://lowwater.example/clients/17'],
  ['now', 'time', "The moment of writing, in the reader's time zone", '2026-05-12T11:05:00Z'],
];

const ruleRows: readonly Row[] = [
  ['rule.key', 'text', 'user, client, advanced:<key> or warning:<value>', 'client'],
  ['rule.audience', 'text', 'user, client, advanced or warning', 'client'],
  ['rule.number', 'number', 'Which notice of this count this is', '1'],
  ['rule.max', 'text', 'How many notices one count has, or "unlimited"', '3'],
  ['threshold', 'money', 'The threshold of this rule; a share such as 75% for some warnings', '50.00'],
  ['threshold_currency', 'text', 'The currency of the threshold', 'USD'],
  [
    'available_converted',
    'money',
    'Available balance in the currency of the threshold; empty where it is the same',
    '',
  ],
  ['checked_at', 'time', "When the balance was read, in the reader's time zone", '2026-05-12T11:05:00Z'],
  ['next_check_at', 'time', "When it is read next, in the reader's time zone", '2026-05-13T11:05:00Z'],
];

const lowBalanceRows: readonly Row[] = [
  ['client.alert_threshold', 'money', "The client rule's threshold", '50.00'],
  ['client.alert_athreshold', 'money', "The user rule's threshold, for an administrator", '100.00'],
  ['profile.name', 'text', 'The low balance profile', 'default'],
];

const creditRows: readonly Row[] = [
  ['credit.amount', 'money', 'The temporary credit', '200.00'],
  ['credit.valid_from', 'time', "Its start, in the reader's time zone", '2026-05-12T11:00:00Z'],
  ['credit.valid_until', 'time', "Its end, in the reader's time zone", '2026-05-19T11:00:00Z'],
  ['credit.reason', 'text', 'Why it was granted', 'Bank holiday: the transfer arrives on Monday'],
  ['credit.available_after', 'money', 'Available balance once it has ended', '-157.83'],
  ['credit.overdrawn_after', 'money', 'How far it is then below zero; empty where it is not', '157.83'],
];

const creditBeforeRows: readonly Row[] = [
  ['credit.amount_before', 'money', 'The temporary credit before the change', '150.00'],
  ['credit.valid_until_before', 'time', "Its end before the change, in the reader's time zone", '2026-05-17T11:00:00Z'],
];

const debtRows: readonly Row[] = [['client.debt', 'money', 'Debt: what is owed on the live balance', '7.83']];

const eventRows: readonly Row[] = [
  ['event.title', 'text', 'What is wrong, in one line', 'No exchange rate from USD to EUR'],
  [
    'event.detail',
    'text',
    'What follows from it and what to do',
    'Clients of "default" are not checked until it is set.',
  ],
  ['client.id', 'number', 'The client concerned, if one is', '17'],
  ['client.name', 'text', 'Its name', 'Customer A'],
];

const eventFacts: VariableSpec = {
  path: 'event.facts',
  type: 'list',
  description: 'Details of the event, each with a label and a value',
  fields: ['label', 'value'],
  sample: [
    { label: 'Clients concerned', value: '12' },
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
  staff_event: eventRows,
  reseller: resellerRows,
  general: generalRows,
};

function specsOf(kind: MailKind): readonly VariableSpec[] {
  const wanted: readonly VariableGroup[] = mailKindSpecs[kind].variables;
  const specs = wanted
    .flatMap((group) => groups[group])
    .map(([path, type, description, sample]): VariableSpec => ({ path, type, description, sample }));
  return wanted.includes('staff_event') ? [...specs, eventFacts] : specs;
}

const catalogue = new Map<MailKind, readonly VariableSpec[]>(mailKinds.map((kind) => [kind, specsOf(kind)]));

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
