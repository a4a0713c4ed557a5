import type { UserRole } from '../../../src/storage/access/users.js';

/**
 * The demo data: the operator of the manuals, its clients with their balances (docs/manuals.md#client-list), and the
 * profile `default` (docs/manuals.md#profile-list). Addresses end in `.example`, where no mail ever arrives.
 */

/** The company that runs Lowwater, as the manuals call it. */
export const operatorName = 'Company Name';
export const operatorEmail = 'owner@company-name.example';
/** Who logs in first; made by `lowwater start`, which knows the password. */
export const adminEmail = 'admin@company-name.example';

export const subReseller = { name: 'Sub-Reseller B', email: 'owner@sub-reseller-b.example' } as const;

type DemoUser = {
  name: string;
  email: string;
  role: UserRole;
  reseller: 'operator' | 'sub';
  /** docs/manuals.md#maximum-possible-increase */
  maximumIncrease?: { amount: { amount: string; currency: string }; percent: string; days: number };
};

/** One of each role. None has a password: whoever looks around logs in as the administrator and may set one. */
export const users: readonly DemoUser[] = [
  { name: 'Vera Viewer', email: 'vera@company-name.example', role: 'viewer', reseller: 'operator' },
  { name: 'Oleh Operator', email: 'oleh@company-name.example', role: 'operator', reseller: 'operator' },
  { name: 'Mary Manager', email: 'mary@sub-reseller-b.example', role: 'reseller_manager', reseller: 'sub' },
  {
    ...{ name: 'Carl Controller', email: 'carl@company-name.example', role: 'credit_controller', reseller: 'operator' },
    maximumIncrease: { amount: { amount: '200.00', currency: 'USD' }, percent: '20', days: 60 },
  },
  { name: 'Inna Integrator', email: 'inna@company-name.example', role: 'integrator', reseller: 'operator' },
  { name: 'Sam Reliable', email: 'sam@company-name.example', role: 'sre', reseller: 'operator' },
  { name: 'Ada Administrator', email: 'ada@company-name.example', role: 'admin', reseller: 'operator' },
];

/** Thresholds and recipients of docs/manuals.md#profile-list. The manual gives no Max Qty and period there. */
const defaultProfile = {
  name: 'default',
  currency: 'USD',
  sortOrder: 100,
  maxNotifications: 3,
  periodHours: 24,
  userRule: { threshold: '100.00', notifyOwner: true },
  clientRule: { threshold: '50.00', notifyClient: true },
} as const;

/** `closely` is the same profile, acting at once: what its clients' balances do is seen while one looks. */
export const profiles = {
  default: defaultProfile,
  closely: {
    ...defaultProfile,
    name: 'default, immediate (demo)',
    sortOrder: 110,
    periodHours: 1,
    checkEveryMinutes: 5,
    trigger: 'change',
  },
} as const;

type DemoClient = {
  /** ID in the manual; kept as the client's external id */
  externalId: string;
  name: string;
  reseller: 'operator' | 'sub';
  profile: keyof typeof profiles;
  balanceModel: 'prepaid' | 'unlimited';
  /** live balance */
  openingBalance: string;
  /** fixed balance, which is not above zero: nobody has paid yet */
  fixedBalance: string;
  creditLimit: string;
  paymentTerms: string | null;
};

/** Available = live + credit; "No Limit" is balance model `unlimited`. */
export const clients: readonly DemoClient[] = [
  prepaid('13', 'Customer A', { openingBalance: '0.00', creditLimit: '32.00' }),
  prepaid('14', 'Customer B', { openingBalance: '-419.78' }),
  { ...unlimited('226', 'Customer C', '0.00'), reseller: 'sub' },
  {
    ...prepaid('227', 'Customer D', { openingBalance: '0.00', creditLimit: '1000.00' }),
    reseller: 'sub',
    profile: 'closely',
  },
  unlimited('15', 'Vendor A', '103.70'),
  unlimited('12', 'Vendor B', '0.00'),
  { ...prepaid('19', 'Vendor C', { openingBalance: '78.27' }), profile: 'closely' },
  {
    ...prepaid('11', 'Voxbone', { openingBalance: '-2.97', creditLimit: '10.00' }),
    fixedBalance: '-1.60',
    paymentTerms: '7/7',
  },
];

function prepaid(
  externalId: string,
  name: string,
  money: { openingBalance: string; creditLimit?: string },
): DemoClient {
  return {
    ...{ externalId, name, reseller: 'operator', profile: 'default', balanceModel: 'prepaid' },
    ...{ fixedBalance: '0.00', creditLimit: '0.00', paymentTerms: null },
    ...money,
  };
}

function unlimited(externalId: string, name: string, openingBalance: string): DemoClient {
  return {
    ...{ externalId, name, reseller: 'operator', profile: 'default', balanceModel: 'unlimited' },
    ...{ openingBalance, fixedBalance: '0.00', creditLimit: '0.00', paymentTerms: null },
  };
}

/** `billing@customer-a.example` */
export function billingEmail(name: string): string {
  return `billing@${name.toLowerCase().replaceAll(' ', '-')}.example`;
}

/** How one client of the traffic generator spends, and when it pays; amounts in hundredths of its currency. */
export type Habit = {
  externalId: string;
  /** of so many charges in all */
  share: number;
  chargeCents: readonly [least: number, most: number];
  /** pays when less than this is available */
  paysBelowCents: number;
  paymentCents: number;
};

/** Vendor C crosses the client's threshold after about a minute, pays some minutes later, and so on. */
export const habits: readonly Habit[] = [
  { externalId: '19', share: 4, chargeCents: [40, 180], paysBelowCents: 12_00, paymentCents: 100_00 },
  { externalId: '227', share: 2, chargeCents: [50, 400], paysBelowCents: 60_00, paymentCents: 500_00 },
  { externalId: '13', share: 1, chargeCents: [1, 25], paysBelowCents: 4_00, paymentCents: 20_00 },
  { externalId: '11', share: 1, chargeCents: [1, 10], paysBelowCents: 1_00, paymentCents: 8_00 },
];
