import type { Balances, Client, ExplainedRule, Explanation } from '../../../web/src/pages/clients/client/queries';
import type { Client as FullClient } from '../../../web/src/pages/clients/form/client-values';
import { clientFields, inheritableFields } from '../../../web/src/ui/text/client-field';

/** A client of 7 with its balance and rules, as the service answers them. */

const now = '2026-03-01T10:00:00Z';
const money = (amount: string) => ({ amount, currency: 'USD' });

const capacity: Client['capacity'] = {
  applied: false,
  ...{
    capacity: null,
    normalCapacity: null,
    reason: null,
    available: null,
    threshold: null,
    restoreAt: null,
    since: null,
  },
};

export const clientOf = (changes: Partial<FullClient> = {}): FullClient => ({
  ...(Object.fromEntries(clientFields.map(({ name, spec }) => [name, spec.default ?? null])) as unknown as FullClient),
  clientTemplateName: null,
  inheritance: Object.fromEntries(
    inheritableFields.map(({ name, spec }) => {
      const value = { from: 'default', own: null, template: null, effective: spec.default ?? null };
      return [name, value];
    }),
  ) as FullClient['inheritance'],
  id: '7',
  name: 'Customer B',
  resellerId: '1',
  resellerName: 'Company Name',
  managerId: null,
  managerName: null,
  profileId: '2',
  profileName: 'default',
  currency: 'USD',
  balanceModel: 'prepaid',
  openingBalance: '0.00',
  creditLimit: '10.00',
  status: 'active',
  timezone: 'UTC',
  locale: 'en',
  tags: [],
  warningThresholds: [],
  balance: { available: money('32.00'), live: money('22.00'), fixed: money('0.00'), lastKnown: null },
  state: 'ok',
  stateSince: now,
  capacity,
  version: 3,
  createdAt: now,
  updatedAt: now,
  serverTime: now,
  ...changes,
});

export const balancesOf = (changes: Partial<Balances> = {}): Balances => ({
  refundable: '0.00',
  clientId: '7',
  currency: 'USD',
  live: '22.00',
  fixed: '0.00',
  unallocated: '0.00',
  outstanding: '0.00',
  nextInvoiceAt: null,
  lastInvoicedAt: null,
  creditLimit: '10.00',
  temporaryCredit: '0.00',
  temporaryUntil: null,
  available: '32.00',
  lastKnown: null,
  unlimited: false,
  source: 'ledger',
  at: now,
  lastChargeAt: null,
  lastRefillAt: null,
  serverTime: now,
  ...changes,
});

export const ruleOf = (changes: Partial<ExplainedRule> = {}): ExplainedRule => ({
  key: 'client',
  source: 'profile',
  audience: 'client',
  name: null,
  action: 'notify',
  threshold: { comparison: 'below', value: '50.00', percent: null, currency: 'USD' },
  trigger: 'period',
  recipients: ['billing@b.example'],
  inactivityDays: null,
  maxNotifications: 3,
  periodHours: 24,
  resetOn: 'refill',
  count: 1,
  episode: 1,
  low: true,
  since: now,
  lastNotifiedAt: now,
  silencedUntil: null,
  lastReason: 'period_not_elapsed',
  reasonNow: 'period_not_elapsed',
  nextPossibleAt: '2026-03-02T10:00:00Z',
  resolvedRecipients: [
    { email: 'billing@b.example', channel: null, role: 'billing', name: null, userId: null, repeated: false },
  ],
  lastReset: null,
  why: '',
  ...changes,
});

export const explanationOf = (rules: readonly ExplainedRule[], changes: Partial<Explanation> = {}): Explanation => ({
  coveringSilences: [],
  clientId: '7',
  stale: false,
  state: 'low',
  available: '32.00',
  currency: 'USD',
  balanceError: null,
  lastCheckAt: now,
  nextCheckAt: '2026-03-02T10:00:00Z',
  headline: {
    rule: 'client',
    source: 'profile',
    audience: 'client',
    available: '32.00',
    threshold: '50.00',
    gap: '18.00',
    original: null,
    currency: 'USD',
    low: true,
    since: now,
    sent: 1,
    max: 3,
    debt: null,
    waitsUntil: null,
  },
  capacity,
  checkEverySeconds: 86_400,
  trigger: 'period',
  pausedBy: null,
  pausedByName: null,
  silences: [],
  temporaryCredit: null,
  rules: [...rules],
  run: { checks: 3, runs: 0, deliveries: 0 },
  serverTime: now,
  ...changes,
});
