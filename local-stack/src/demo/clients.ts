import type { OwnLowBalance } from '../../../src/domain/monitoring/actions/own-rules.js';
import type { ProfileName } from './profiles.js';

/** Payment terms, as lists show them. */
export type DemoTerms = '7/7' | 'on 1/14';

/** A payment, so many days before the end of the history (from now), by its sender. */
type Paid = readonly [daysAgo: number, amount: string, from: PaymentFrom];
export type PaymentFrom = 'bank-transfers' | 'card-payments' | 'user' | 'api';

export type DemoClient = {
  /** ID in the manual, or in the operator's billing system */
  readonly externalId: string;
  readonly name: string;
  readonly reseller: 'operator' | 'sub';
  readonly profile: ProfileName;
  readonly currency: 'USD' | 'EUR' | 'GBP';
  readonly balanceModel: 'prepaid' | 'postpaid' | 'unlimited';
  /** live balance now; its history leads there */
  readonly live: string;
  /** fixed balance now, where the client is one of the manual: its payments are invoiced */
  readonly fixed?: string;
  readonly creditLimit: string;
  /** as lists show them */
  readonly paymentTerms?: DemoTerms;
  /** is invoiced after each period, by past runs, too */
  readonly autoinvoicing?: boolean;
  /** its invoices look as the invoice template says */
  readonly invoiceTemplate?: boolean;
  /** has the client template of carriers */
  readonly hasTemplate?: boolean;
  readonly tags: readonly string[];
  readonly warningThresholds?: readonly string[];
  /** its own low balance threshold, and what happens below it */
  readonly lowBalance?: Partial<OwnLowBalance>;
  readonly timezone?: string;
  readonly locale?: 'en' | 'uk';
  /** charged on a working day; from so many days ago until so many days ago */
  readonly spends?: { readonly perDay: string; readonly from?: number; readonly until?: number };
  readonly payments?: readonly Paid[];
  /** the mail server of its billing address refuses what comes in the last so many days */
  readonly mailRefusedDays?: number;
  /** days since the client was created; default: since the history begins */
  readonly createdDaysAgo?: number;
};

/**
 * The clients of docs/manuals.md#client-list with the balances that the manual shows (available = live + credit; "No Limit" is
 * the balance model `unlimited`), then others of all kinds, in three currencies.
 */
export const clients: readonly DemoClient[] = [
  manual('13', 'Customer A', { live: '0.00', creditLimit: '32.00', spends: { perDay: '1.40' } }),
  manual('14', 'Customer B', { live: '-419.78', spends: { perDay: '19.00', until: 6 } }),
  {
    ...manual('226', 'Customer C', { live: '0.00', spends: { perDay: '14.00', until: 4 } }),
    ...{
      reseller: 'sub',
      balanceModel: 'unlimited',
      payments: [
        [17, '160.00', 'user'],
        [3, '140.00', 'user'],
      ],
    },
  },
  {
    ...manual('227', 'Customer D', { live: '0.00', creditLimit: '1000.00', spends: { perDay: '46.00' } }),
    ...{ reseller: 'sub', profile: 'closely' },
    payments: [
      [20, '600.00', 'bank-transfers'],
      [6, '500.00', 'bank-transfers'],
    ],
  },
  {
    ...manual('15', 'Vendor A', { live: '103.70', spends: { perDay: '8.00' } }),
    ...{ balanceModel: 'unlimited', payments: [[11, '150.00', 'bank-transfers']] },
  },
  { ...manual('12', 'Vendor B', { live: '0.00' }), balanceModel: 'unlimited' },
  {
    ...manual('19', 'Vendor C', { live: '78.27', spends: { perDay: '24.00' } }),
    profile: 'closely',
    payments: [
      [24, '100.00', 'card-payments'],
      [20, '100.00', 'card-payments'],
      [15, '100.00', 'card-payments'],
      [10, '100.00', 'card-payments'],
      [5, '100.00', 'card-payments'],
      [1.2, '100.00', 'card-payments'],
    ],
  },
  {
    ...manual('11', 'Voxbone', { live: '-2.97', creditLimit: '10.00', spends: { perDay: '0.70' } }),
    ...{ fixed: '-1.60', paymentTerms: '7/7' },
  },
  {
    ...{
      externalId: 'CRM-1042',
      name: 'Dnipro Telecom',
      profile: 'wholesale',
      currency: 'USD',
      balanceModel: 'prepaid',
    },
    ...{ reseller: 'operator', live: '221.40', creditLimit: '0.00', timezone: 'Europe/Kyiv', locale: 'uk' },
    ...{ tags: ['wholesale', 'voice'], hasTemplate: true, spends: { perDay: '61.00' } },
    ...{ paymentTerms: '7/7', autoinvoicing: true },
    payments: [
      [26, '500.00', 'bank-transfers'],
      [16.4, '600.00', 'bank-transfers'],
      [6.3, '450.00', 'bank-transfers'],
    ],
  },
  {
    ...{ externalId: 'CRM-1057', name: 'Lviv Calls', profile: 'retail', currency: 'EUR', balanceModel: 'prepaid' },
    ...{ reseller: 'operator', live: '38.12', creditLimit: '0.00', timezone: 'Europe/Kyiv', locale: 'uk' },
    ...{ tags: ['retail', 'voice'], spends: { perDay: '11.00' } },
    payments: [
      [21, '120.00', 'card-payments'],
      [12, '100.00', 'card-payments'],
    ],
  },
  {
    ...{ externalId: 'CRM-1061', name: 'Alpine SIP', profile: 'retail', currency: 'EUR', balanceModel: 'prepaid' },
    ...{ reseller: 'operator', live: '-38.55', creditLimit: '250.00', timezone: 'Europe/Zurich' },
    ...{ tags: ['retail', 'sip trunk'], spends: { perDay: '54.00' } },
    payments: [
      [24, '400.00', 'bank-transfers'],
      [15, '450.00', 'bank-transfers'],
      [8, '300.00', 'card-payments'],
    ],
  },
  {
    ...{ externalId: 'CRM-1070', name: 'Nordic Voice', profile: 'retail', currency: 'EUR', balanceModel: 'postpaid' },
    ...{ reseller: 'operator', live: '-1744.30', creditLimit: '2500.00', timezone: 'Europe/Stockholm' },
    ...{ tags: ['wholesale', 'postpaid'], warningThresholds: ['75%', '90%'], paymentTerms: 'on 1/14' },
    ...{ autoinvoicing: true, invoiceTemplate: true },
    ...{ hasTemplate: true, spends: { perDay: '112.00' }, payments: [[13, '1900.00', 'bank-transfers']] },
  },
  {
    ...{ externalId: 'CRM-1075', name: 'Baltic Carrier', profile: 'retail', currency: 'EUR', balanceModel: 'prepaid' },
    ...{ reseller: 'operator', live: '412.90', creditLimit: '0.00', timezone: 'Europe/Riga' },
    ...{ tags: ['wholesale', 'voice'], warningThresholds: ['200.00'], spends: { perDay: '27.00' } },
    payments: [
      [19, '350.00', 'bank-transfers'],
      [4, '400.00', 'bank-transfers'],
    ],
  },
  {
    ...{
      externalId: 'CRM-1083',
      name: 'Harbour Networks',
      profile: 'default',
      currency: 'USD',
      balanceModel: 'prepaid',
    },
    ...{ reseller: 'operator', live: '31.74', creditLimit: '0.00', mailRefusedDays: 6 },
    ...{ tags: ['retail'], spends: { perDay: '9.00' }, payments: [[18, '150.00', 'card-payments']] },
  },
  {
    ...{ externalId: 'CRM-1088', name: 'Metro Trunk', profile: 'default', currency: 'USD', balanceModel: 'prepaid' },
    ...{ reseller: 'operator', live: '12.06', creditLimit: '0.00', timezone: 'America/New_York' },
    ...{ tags: ['sip trunk'], spends: { perDay: '23.00' } },
    lowBalance: {
      ...{ lowBalanceThreshold: '20.00', notifyClient: true, notifyAdmin: true },
      ...{ lowBalanceCapacity: 2, lowBalanceRestoreAt: '50.00' },
    },
    payments: [
      [22, '200.00', 'user'],
      [12, '200.00', 'bank-transfers'],
    ],
  },
  {
    ...{ externalId: 'CRM-1094', name: 'Island Mobile', profile: 'retail', currency: 'EUR', balanceModel: 'prepaid' },
    ...{ reseller: 'operator', live: '24.18', creditLimit: '0.00', timezone: 'Atlantic/Reykjavik' },
    ...{ tags: ['mobile'], spends: { perDay: '6.00', until: 14 }, payments: [[23, '40.00', 'card-payments']] },
  },
  {
    ...{ externalId: 'CRM-1101', name: 'Prairie Wholesale', profile: 'wholesale', currency: 'USD' },
    ...{ balanceModel: 'postpaid', reseller: 'operator', live: '-2310.44', creditLimit: '5000.00' },
    ...{ tags: ['wholesale', 'postpaid'], timezone: 'America/Chicago', paymentTerms: 'on 1/14' },
    warningThresholds: ['80%'],
    ...{
      spends: { perDay: '164.00' },
      payments: [
        [25, '2400.00', 'bank-transfers'],
        [11, '1800.00', 'bank-transfers'],
      ],
    },
  },
  {
    ...{ externalId: 'CRM-1109', name: 'Delta Numbers', profile: 'default', currency: 'USD', balanceModel: 'prepaid' },
    ...{ reseller: 'operator', live: '-64.20', creditLimit: '0.00', tags: ['numbers'] },
    ...{ spends: { perDay: '15.00', until: 7 }, payments: [[20, '120.00', 'card-payments']] },
  },
  {
    ...{
      externalId: 'CRM-1116',
      name: 'Thames Telecom',
      profile: 'wholesale',
      currency: 'GBP',
      balanceModel: 'prepaid',
    },
    ...{ reseller: 'operator', live: '861.35', creditLimit: '0.00', timezone: 'Europe/London' },
    ...{ tags: ['wholesale', 'voice'], spends: { perDay: '72.00' } },
    payments: [
      [23, '800.00', 'bank-transfers'],
      [9, '700.00', 'bank-transfers'],
      [2, '500.00', 'bank-transfers'],
    ],
  },
  {
    ...{
      externalId: 'CRM-1120',
      name: 'Severn Voice',
      profile: 'wholesale',
      currency: 'GBP',
      balanceModel: 'postpaid',
    },
    ...{ reseller: 'operator', live: '-655.20', creditLimit: '1200.00', timezone: 'Europe/London', createdDaysAgo: 19 },
    ...{ tags: ['postpaid'], paymentTerms: '7/7', spends: { perDay: '48.00' } },
    ...{ autoinvoicing: true, invoiceTemplate: true },
    payments: [[5, '150.00', 'bank-transfers']],
  },
  {
    ...{ externalId: 'CRM-1127', name: 'Old Town Voice', profile: 'default', currency: 'USD', balanceModel: 'prepaid' },
    ...{ reseller: 'operator', live: '0.00', creditLimit: '0.00', tags: ['retail'] },
    spends: { perDay: '6.00', until: 12 },
  },
];

function manual(
  externalId: string,
  name: string,
  money: Pick<DemoClient, 'live' | 'spends'> & { readonly creditLimit?: string },
): DemoClient {
  return {
    ...{ externalId, name, reseller: 'operator', profile: 'default', currency: 'USD', balanceModel: 'prepaid' },
    ...{ fixed: '0.00', creditLimit: '0.00', tags: [] },
    ...money,
  };
}
