/**
 * How an installation works, for all resellers: the catalogue of its settings, from which schemas of the API, columns,
 * audit rows, and the form of the page derive. A setting also has a column in `installation_settings`, its name in snake
 * case, and a label `settings.installation.<name>`.
 */
export type InstallationSettingSpec = { readonly description: string } & (
  | { readonly type: 'choice'; readonly values: readonly string[]; readonly default: string }
  | { readonly type: 'flag'; readonly default: boolean }
  | { readonly type: 'integer'; readonly min: number; readonly max: number; readonly default: number }
);

export const installationSettings = {
  temporaryCredit: {
    type: 'choice',
    values: ['finite', 'postpaid_only'],
    default: 'finite',
    description: 'Who can get temporary credit: every client with a credit limit, or postpaid clients only',
  },
  creditRequestHours: {
    type: 'integer',
    min: 24,
    max: 720,
    default: 72,
    description: 'How long a credit request above the maximum waits for a decision before it expires',
  },
  transfersAcrossClients: {
    type: 'flag',
    default: false,
    description: 'Whether transfers between accounts of different clients are allowed',
  },
  panelChangesThresholds: {
    type: 'flag',
    default: false,
    description: 'Whether clients change their low balance threshold and warning thresholds in the client panel',
  },
  panelCardPayments: {
    type: 'flag',
    default: true,
    description: 'Whether clients register a card and pay with it in the client panel, where a payment gateway serves them',
  },
  issueEmptyInvoices: {
    type: 'flag',
    default: false,
    description: 'Whether autoinvoicing issues an invoice for a period without charges and adjustments',
  },
} as const satisfies Readonly<Record<string, InstallationSettingSpec>>;

type Specs = typeof installationSettings;
export type InstallationSettingName = keyof Specs;

type ValueOf<Spec> = Spec extends { readonly type: 'choice'; readonly values: readonly (infer Value)[] }
  ? Value
  : Spec extends { readonly type: 'flag' }
    ? boolean
    : number;

/** What is set. */
export type InstallationSettings = { readonly [Name in InstallationSettingName]: ValueOf<Specs[Name]> };

export const installationSettingNames = Object.keys(installationSettings) as readonly InstallationSettingName[];
