import type { UserRole } from '../../../src/domain/access/roles.js';

/**
 * The demo data: the operator of the manuals with its users. Addresses end in `.example`, where no email ever arrives.
 * `clients.ts` and `profiles.ts` have what they monitor, `past/` its four weeks of history.
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
  /** of the daily digest */
  digestHour?: number;
  maximumIncrease?: { amount: { amount: string; currency: string }; percent: string; days: number };
};

/** One of each role. None has a password: log in as the administrator to set one. */
export const users: readonly DemoUser[] = [
  { name: 'Vera Viewer', email: 'vera@company-name.example', role: 'viewer', reseller: 'operator' },
  { name: 'Oleh Operator', email: 'oleh@company-name.example', role: 'operator', reseller: 'operator' },
  {
    name: 'Mary Manager',
    email: 'mary@sub-reseller-b.example',
    role: 'reseller_manager',
    reseller: 'sub',
    digestHour: 8,
  },
  {
    ...{ name: 'Carl Controller', email: 'carl@company-name.example', role: 'credit_controller', reseller: 'operator' },
    maximumIncrease: { amount: { amount: '200.00', currency: 'USD' }, percent: '20', days: 60 },
  },
  { name: 'Inna Integrator', email: 'inna@company-name.example', role: 'integrator', reseller: 'operator' },
  { name: 'Sam Reliable', email: 'sam@company-name.example', role: 'sre', reseller: 'operator' },
  { name: 'Ada Administrator', email: 'ada@company-name.example', role: 'admin', reseller: 'operator' },
];

/** Starts a week from now, so that the demo notifies until then. */
export const plannedSilence = {
  ...{ tag: 'wholesale', comment: 'Migration of the payment system' },
  ...{ startsInDays: 7, hours: 4 },
} as const;

/** `billing@customer-a.example` */
export function billingEmail(name: string): string {
  return `billing@${name.toLowerCase().replaceAll(' ', '-')}.example`;
}

/** The client whose people may log in to the client panel; docs/quick-start.md names login and password. */
export const panelClient = { name: 'Prairie Wholesale', login: 'prairie', password: 'wheat river lantern 12' } as const;

/** Payment systems that post payments through a webhook. */
export const webhookSources = ['bank-transfers', 'card-payments'] as const;

/** A switch that applies capacities. Nothing answers there, so it is disabled and its deliveries are skipped. */
export const webhookEndpoint = {
  ...{ name: 'Softswitch', url: 'https://softswitch.example/lowwater', enabled: false },
  kinds: ['capacity.reduced', 'capacity.restored', 'client.low'],
} as const;

/** How one client of the traffic generator spends, and when it pays; amounts in hundredths of its currency. */
export type TrafficPattern = {
  externalId: string;
  /** of so many charges in all */
  share: number;
  chargeCents: readonly [least: number, most: number];
  /** pays when less than this is available */
  paysBelowCents: number;
  paymentCents: number;
};

/** Vendor C crosses the client's threshold after about a minute, pays some minutes later, and so on. */
export const patterns: readonly TrafficPattern[] = [
  { externalId: '19', share: 4, chargeCents: [40, 180], paysBelowCents: 12_00, paymentCents: 100_00 },
  { externalId: '227', share: 2, chargeCents: [50, 400], paysBelowCents: 60_00, paymentCents: 500_00 },
  { externalId: '13', share: 1, chargeCents: [1, 25], paysBelowCents: 4_00, paymentCents: 20_00 },
  { externalId: '11', share: 1, chargeCents: [1, 10], paysBelowCents: 1_00, paymentCents: 8_00 },
];
