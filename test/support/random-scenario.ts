import fc from 'fast-check';
import type { EventFields } from '../../src/simulate/scenario-schema.js';

/** Random short stories of one client, in which much happens at one instant or at that of a check. */

const startMs = Date.UTC(2026, 2, 1);
const minuteMs = 60_000;
const storyMinutes = 1_440;

type Happening = Partial<Record<Exclude<keyof EventFields, 'at'>, unknown>>;

interface Moment {
  /** after the moment before */
  readonly minutes: number;
  readonly happening: (atMs: number, index: number) => Happening;
}

const amount = fc.integer({ min: 1, max: 60 }).map((units) => `${units}.00`);
const threshold = fc.constantFrom(null, '20.00', '50.00', '50.00', '80.00');
const emails = fc.subarray(['noc@operator.example', 'OWNER@operator.example', 'billing@acme.example']);

const terms = {
  maxNotifications: fc.constantFrom(1, 2, 3, null),
  periodHours: fc.constantFrom(1, 3, 6, 24),
  checkEveryMinutes: fc.constantFrom(60, 90, 240, null),
  clientRule: fc.record({ threshold, notifyClient: fc.boolean(), emails }),
};

const profile = fc.record({
  name: fc.constant('random'),
  currency: fc.constant('USD'),
  ...terms,
  userRule: fc.record({ threshold, notifyOwner: fc.constant(true), emails }),
  advancedRules: fc
    .record({ threshold, notifyClient: fc.boolean(), inactivityDays: fc.constantFrom(null, 1), emails })
    .map((rule) => [{ key: 'extra', ...rule }]),
  resetOn: fc.constantFrom('refill', 'recovery'),
  whenSeveral: fc.constantFrom('each', 'mostSevere'),
  trigger: fc.constantFrom('period', 'change'),
});

const edit = fc.oneof(
  ...Object.entries(terms).map(([field, values]) =>
    (values as fc.Arbitrary<unknown>).map((value) => ({ [field]: value })),
  ),
);

const client = fc.record({
  name: fc.constant('Random'),
  currency: fc.constantFrom('USD', 'EUR'),
  balanceModel: fc.constantFrom('prepaid', 'postpaid'),
  openingBalance: fc.integer({ min: -20, max: 90 }).map((units) => `${units}.00`),
  creditLimit: fc.constantFrom('0.00', '0.00', '40.00'),
  billingEmail: fc.constant('billing@acme.example'),
  ownerEmail: fc.constant('owner@operator.example'),
  warningThresholds: fc.subarray(['10.00', '40.00']),
  checkEveryMinutes: fc.constantFrom(60, 180),
});

function happens<T>(values: fc.Arbitrary<T>, of: (value: T, atMs: number, index: number) => Happening) {
  return values.map(
    (value): Moment['happening'] =>
      (atMs, index) =>
        of(value, atMs, index),
  );
}

const nothing = fc.constant(null);

const happening: fc.Arbitrary<Moment['happening']> = fc.oneof(
  { weight: 5, arbitrary: happens(amount, (charge) => ({ charge })) },
  { weight: 4, arbitrary: happens(amount, (paid, _at, index) => ({ payment: { id: `pay-${index}`, amount: paid } })) },
  { weight: 2, arbitrary: happens(amount, (adjustment) => ({ adjustment })) },
  { weight: 2, arbitrary: happens(fc.constantFrom('0.00', '15.00', '40.00'), (creditLimit) => ({ creditLimit })) },
  {
    weight: 3,
    arbitrary: happens(fc.tuple(amount, fc.constantFrom(30, 60, 120, 300)), ([lent, minutes], atMs) => ({
      temporaryCredit: { amount: lent, validUntil: instant(atMs + minutes * minuteMs) },
    })),
  },
  { weight: 1, arbitrary: happens(nothing, () => ({ cancelTemporaryCredit: true })) },
  { weight: 2, arbitrary: happens(fc.constantFrom('active', 'stop'), (status) => ({ status })) },
  { weight: 2, arbitrary: happens(edit, (fields) => ({ profile: fields })) },
  { weight: 1, arbitrary: happens(nothing, () => ({ checkNow: true })) },
  { weight: 2, arbitrary: happens(fc.constantFrom('up', 'down'), (mail) => ({ mail })) },
  { weight: 1, arbitrary: happens(fc.constantFrom('up', 'down'), (balanceSource) => ({ balanceSource })) },
);

const moment: fc.Arbitrary<Moment> = fc.record({
  minutes: fc.constantFrom(0, 0, 5, 20, 30, 60, 60, 120, 240),
  happening,
});

/** As a file holds it; what is expected is for the engines to say. */
export const randomStory: fc.Arbitrary<object> = fc
  .record({ profile, client, moments: fc.array(moment, { minLength: 3, maxLength: 14 }) })
  .map(({ moments, ...terms }) => {
    let atMs = startMs;
    const events = moments.map(({ minutes, happening }, index) => {
      atMs += minutes * minuteMs;
      return { at: instant(atMs), ...happening(atMs, index) };
    });
    return {
      scenario: 1,
      name: 'a random story',
      start: instant(startMs),
      until: instant(startMs + storyMinutes * minuteMs),
      exchangeRates: [{ from: 'EUR', to: 'USD', rate: '1.1', at: '2026-01-01T00:00:00Z' }],
      ...terms,
      events,
      expect: { notifications: [] },
    };
  });

function instant(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}
