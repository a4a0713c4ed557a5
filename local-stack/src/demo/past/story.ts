import { dayMs, hourMs } from '../../../../src/domain/durations.js';
import type { FailureCode } from '../../../../src/domain/errors.js';
import type { ProfileName } from '../profiles.js';
import type { Period } from './entries.js';

/** What users did, and what happened besides charges and payments. Days count back from now; negative ones lie ahead. */

/** Users by the beginning of their address. */
export type Person = 'oleh' | 'carl' | 'ada' | 'mary';

export type PastAct =
  | { readonly kind: 'limit'; readonly limit: string; readonly by: Person; readonly reason: string }
  | {
      readonly kind: 'grant';
      readonly amount?: string;
      readonly percent?: string;
      readonly from?: number;
      readonly until: number;
      readonly by: Person;
      readonly reason: string;
    }
  | {
      readonly kind: 'request';
      readonly amount: string;
      readonly until: number;
      readonly by: Person;
      readonly reason: string;
    }
  | { readonly kind: 'extendGrant'; readonly until: number; readonly by: Person; readonly reason: string }
  | { readonly kind: 'cancelGrant'; readonly by: Person; readonly reason: string }
  | { readonly kind: 'stop' | 'delete'; readonly by: Person; readonly reason: string }
  | { readonly kind: 'assign'; readonly profile: ProfileName; readonly by: Person; readonly reason: string }
  | { readonly kind: 'pause' | 'check'; readonly by: Person; readonly reason: string }
  | { readonly kind: 'silence'; readonly until: number; readonly by: Person; readonly reason: string }
  | { readonly kind: 'reset'; readonly rule: string; readonly by: Person; readonly reason: string };

type ClientStory = {
  /** limit and profile at creation, where an act changes them */
  readonly creditLimit?: string;
  readonly profile?: ProfileName;
  readonly acts: readonly (readonly [daysAgo: number, PastAct])[];
};

export const stories: Readonly<Record<string, ClientStory>> = {
  'Customer B': {
    acts: [[2.6, { kind: 'check', by: 'oleh', reason: 'the client says that it paid' }]],
  },
  'Customer D': {
    acts: [[1.5, { kind: 'grant', amount: '200.00', until: -3, by: 'carl', reason: 'bank holiday' }]],
  },
  Voxbone: {
    acts: [[9.4, { kind: 'reset', rule: 'user', by: 'oleh', reason: 'new contact at the client' }]],
  },
  'Dnipro Telecom': {
    acts: [
      [18, { kind: 'grant', amount: '150.00', until: 14, by: 'carl', reason: 'payment is on its way' }],
      [6.9, { kind: 'check', by: 'oleh', reason: 'payment is announced for today' }],
    ],
  },
  'Lviv Calls': {
    acts: [[1.2, { kind: 'silence', until: -2, by: 'oleh', reason: 'payment is announced for Wednesday' }]],
  },
  'Alpine SIP': {
    creditLimit: '0.00',
    acts: [
      [20.2, { kind: 'limit', limit: '150.00', by: 'carl', reason: 'two years of payments on time' }],
      [9.6, { kind: 'limit', limit: '250.00', by: 'carl', reason: 'more traffic since the new trunk' }],
      [3.3, { kind: 'grant', amount: '100.00', until: -1.5, by: 'carl', reason: 'invoice is being corrected' }],
    ],
  },
  'Nordic Voice': {
    acts: [[6.2, { kind: 'grant', percent: '12', until: -0.6, by: 'ada', reason: 'board approved a later payment' }]],
  },
  'Metro Trunk': {
    acts: [[5.1, { kind: 'pause', by: 'oleh', reason: 'dispute about the last invoice' }]],
  },
  'Prairie Wholesale': {
    creditLimit: '3000.00',
    profile: 'default',
    acts: [
      [22.3, { kind: 'assign', profile: 'wholesale', by: 'ada', reason: 'wholesale contract signed' }],
      [17.4, { kind: 'limit', limit: '5000.00', by: 'ada', reason: 'wholesale contract signed' }],
      [0.8, { kind: 'grant', percent: '10', from: -2, until: -9, by: 'ada', reason: 'holiday campaign' }],
    ],
  },
  'Delta Numbers': {
    acts: [[6.1, { kind: 'stop', by: 'oleh', reason: 'no payment after three notifications' }]],
  },
  'Severn Voice': {
    creditLimit: '400.00',
    acts: [
      [14.2, { kind: 'limit', limit: '600.00', by: 'carl', reason: 'first invoice paid on time' }],
      [12.1, { kind: 'grant', amount: '100.00', until: 8.5, by: 'carl', reason: 'payment is on its way' }],
      [10.3, { kind: 'extendGrant', until: 6, by: 'carl', reason: 'bank needs two more days' }],
      [8.4, { kind: 'cancelGrant', by: 'carl', reason: 'payment announced for another date' }],
      [5.2, { kind: 'limit', limit: '1200.00', by: 'ada', reason: 'annual review' }],
      [0.4, { kind: 'request', amount: '400.00', until: -10, by: 'carl', reason: 'the new trunk is paid next week' }],
    ],
  },
  'Old Town Voice': {
    acts: [[11, { kind: 'delete', by: 'ada', reason: 'contract ended' }]],
  },
};

export type RefusedPayment = {
  readonly daysAgo: readonly number[];
  readonly paymentId: string;
  readonly amount: string;
  readonly currency: string;
  readonly externalClientId: string;
  readonly source: string;
  readonly code: FailureCode;
  readonly detail: string;
  readonly resolved?: { readonly daysAgo: number; readonly by: Person; readonly reason: string };
};

export const refusedPayments: readonly RefusedPayment[] = [
  {
    ...{ daysAgo: [12.3], paymentId: 'BT-88412', amount: '240.00', currency: 'EUR', externalClientId: 'CRM-1175' },
    ...{ source: 'bank-transfers', code: 'not_found' },
    detail: 'the client does not exist, or the webhook source has no access to it',
    resolved: { daysAgo: 12.1, by: 'oleh', reason: 'two digits were swapped; the bank corrected the reference' },
  },
  {
    ...{ daysAgo: [8.4], paymentId: 'BT-88990', amount: '35.00', currency: 'USD', externalClientId: 'CRM-1127' },
    ...{ source: 'bank-transfers', code: 'client_deleted', detail: 'the client is deleted' },
    resolved: { daysAgo: 7.9, by: 'oleh', reason: 'refunded to the payer' },
  },
  {
    ...{ daysAgo: [3.2], paymentId: 'BT-89731', amount: '400.00', currency: 'EUR', externalClientId: 'CRM-1116' },
    ...{ source: 'bank-transfers', code: 'currency_mismatch', detail: 'must be in GBP, the currency of the client' },
  },
  {
    ...{ daysAgo: [1.4, 1.3, 1.2], paymentId: 'ch-40217', amount: '80.00', currency: 'USD' },
    ...{ externalClientId: 'CRM-1170', source: 'card-payments', code: 'not_found' },
    detail: 'the client does not exist, or the webhook source has no access to it',
  },
];

/** The first rate of the pound came three hours late: until then its clients were not monitored. */
export const rates: readonly (readonly [daysAgo: number, from: string, to: string, rate: string])[] = [
  [27.99, 'EUR', 'USD', '1.0782'],
  [27.7, 'GBP', 'USD', '1.2614'],
  [21, 'EUR', 'USD', '1.0815'],
  [21, 'GBP', 'USD', '1.2690'],
  [14, 'EUR', 'USD', '1.0791'],
  [14, 'GBP', 'USD', '1.2655'],
  [7, 'EUR', 'USD', '1.0846'],
  [7, 'GBP', 'USD', '1.2731'],
];

/** No email left for three hours: the mail server answered 421. */
export function isMailDown(at: number, { from }: Period): boolean {
  const began = from + 19 * dayMs;
  return at >= began && at < began + 3 * hourMs;
}
