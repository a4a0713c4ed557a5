/** Who has a maximum possible increase by default: users of the roles that may grant, and everyone else. */
export const maximumSubjects = ['installation', 'credit_controller', 'admin'] as const;
type MaximumSubject = (typeof maximumSubjects)[number];

/** A part that is null or absent: no maximum. */
interface DefaultMaximum {
  readonly amount?: { readonly amount: string; readonly currency: string } | null | undefined;
  readonly percent?: string | null | undefined;
  readonly days?: number | null | undefined;
}

/** A role that is null or absent has the maximum of the installation. */
type DefaultMaximums = { readonly [Subject in MaximumSubject]?: DefaultMaximum | null | undefined };

/**
 * How an installation works, for all resellers: the catalogue of its settings, from which schemas of the API, columns,
 * audit rows, and the form of the page derive. A setting also has a column in `installation_settings`, its name in snake
 * case, and a label `settings.installation.<name>`.
 */
export type InstallationSettingSpec = { readonly description: string } & (
  | { readonly type: 'choice'; readonly values: readonly string[]; readonly default: string }
  | { readonly type: 'flag'; readonly default: boolean }
  | { readonly type: 'integer'; readonly min: number; readonly max: number; readonly default: number }
  | { readonly type: 'maximums'; readonly values: readonly MaximumSubject[]; readonly default: DefaultMaximums }
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
  maximumIncreases: {
    type: 'maximums',
    values: maximumSubjects,
    default: {},
    description:
      'The maximum possible increase of users who have none: that of their role, else `installation`. A role that is ' +
      'absent or null has that of the installation. Sent whole',
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
    description:
      'Whether clients register a card and pay with it in the client panel, where a payment gateway serves them',
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
    : Spec extends { readonly type: 'maximums' }
      ? DefaultMaximums
      : number;

/** What is set. */
export type InstallationSettings = { readonly [Name in InstallationSettingName]: ValueOf<Specs[Name]> };

export const installationSettingNames = Object.keys(installationSettings) as readonly InstallationSettingName[];
