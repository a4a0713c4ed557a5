import type { Dice } from './dice.js';

/** The profile and the client of a random story, as a file holds them. */

export type Fields = Record<string, unknown>;

export interface Cast {
  readonly profile: Fields | null;
  readonly client: Fields;
  readonly exchangeRates: readonly Fields[];
}

const dayMinutes = 1_440;
const thresholds = [null, '20.00', '35.00', '50.00', '50', '65.50', '80.00', '80.00', '110'];
const addresses = ['noc@operator.example', 'OWNER@operator.example', 'billing@acme.example', 'Sales@operator.example'];

export function castStory(dice: Dice, instant: (minutes: number) => string): Cast {
  const [currency, other] = dice.pick([
    ['USD', 'EUR'],
    ['EUR', 'USD'],
  ] as const);
  const profile = dice.chance(0.88) ? profileOf(dice, dice.chance(0.5) ? currency : other) : null;
  const balanceModel = dice.pick([
    'prepaid',
    'prepaid',
    'prepaid',
    'prepaid',
    'prepaid',
    'postpaid',
    'postpaid',
    'postpaid',
    'unlimited',
  ]);
  const client = {
    name: 'Random',
    currency,
    balanceModel,
    openingBalance: `${dice.int(0, 100)}.00`,
    creditLimit: dice.pick(['0.00', '0.00', '0.00', '40.00', '60.00']),
    status: dice.chance(0.92) ? 'active' : 'stop',
    billingEmail: dice.chance(0.94) ? 'billing@acme.example' : null,
    ownerEmail: dice.chance(0.94) ? 'owner@operator.example' : null,
    warningThresholds: dice.some(['10', '40.00', '62.5', ...(balanceModel === 'postpaid' ? ['50.0%', '90%'] : [])]),
    checkEveryMinutes: dice.pick([60, 180, 600]),
    ...lowBalanceOf(dice),
    ...(dice.chance(0.3) && {
      autoPayment: true,
      autoPaymentThreshold: dice.pick([null, null, '15.00', '45.00', '70']),
      autoPaymentRepeatWhileLow: dice.chance(0.4),
    }),
  };
  return { profile, client, exchangeRates: ratesOf(dice, instant) };
}

/** Half of the clients have their own threshold, some with what happens below it. */
function lowBalanceOf(dice: Dice): Fields {
  if (dice.chance(0.5)) return {};
  const hasCapacity = dice.chance(0.5);
  return {
    lowBalanceThreshold: dice.pick(['-10.00', '20', '40.00', '40.00', '65.50']),
    notifyClient: dice.chance(0.7),
    notifyAdmin: dice.chance(0.5),
    ...(hasCapacity && {
      lowBalanceCapacity: dice.pick([0, 1, 2]),
      lowBalanceRestoreAt: dice.pick([null, null, '65.50', '90.00']),
      originationCapacity: dice.pick([null, 3, 30]),
    }),
  };
}

/** Rates both ways that are no inverse of each other; some are missing initially, some change in the middle. */
function ratesOf(dice: Dice, instant: (minutes: number) => string): Fields[] {
  const pairs = [
    ['EUR', 'USD'],
    ['USD', 'EUR'],
  ] as const;
  return pairs.flatMap(([from, to]) => {
    const rate = () => dice.pick(['1.10', '0.91', '1.3333', '0.75', '1', '2']);
    const first = dice.chance(0.6) ? [{ from, to, rate: rate(), at: '2026-01-01T00:00:00Z' }] : [];
    const later = dice.some([0, 1, 2]).map(() => {
      return { from, to, rate: rate(), at: instant(5 * dice.int(1, (2 * dayMinutes) / 5)) };
    });
    // A pair has one rate at one instant.
    const distinct = later.filter(({ at }, index) => later.findIndex((other) => other.at === at) === index);
    return [...first, ...distinct];
  });
}

function profileOf(dice: Dice, currency: string): Fields {
  return {
    name: 'random',
    currency,
    ...termsOf(dice),
    trigger: dice.pick(['period', 'change']),
    userRule: { threshold: dice.pick(thresholds), notifyOwner: dice.chance(0.9), emails: dice.some(addresses) },
    clientRule: { threshold: dice.pick(thresholds), notifyClient: dice.chance(0.9), emails: dice.some(addresses) },
    advancedRules: advancedRulesOf(dice),
  };
}

function termsOf(dice: Dice) {
  return {
    maxNotifications: dice.pick([1, 2, 3, null]),
    periodHours: dice.pick([1, 1, 2, 3, 6, 24]),
    checkEveryMinutes: dice.pick([15, 60, 60, 90, 240, 1_440, null]),
    resetOn: dice.pick(['refill', 'recovery']),
    whenSeveral: dice.pick(['each', 'mostSevere']),
  };
}

function advancedRulesOf(dice: Dice): Fields[] {
  return dice.some(['idle', 'extra']).map((key) => ({
    key,
    threshold: dice.pick(thresholds),
    notifyClient: dice.chance(0.7),
    inactivityDays: dice.pick([null, 1, 1]),
    emails: dice.some(addresses),
  }));
}

/** An edit as a patch. Rules go off, come back, are removed, and are added again under their key. */
export function editOf(dice: Dice): Fields {
  const kind = dice.weighted({ term: 4, trigger: 3, user: 2, client: 3, advanced: 3, currency: 1 });
  switch (kind) {
    case 'term': {
      const terms: Fields = termsOf(dice);
      const field = dice.pick([
        'maxNotifications',
        'periodHours',
        'checkEveryMinutes',
        'checkEveryMinutes',
        'resetOn',
        'whenSeveral',
      ]);
      return { [field]: terms[field] };
    }
    case 'trigger':
      return { trigger: dice.pick(['period', 'change']) };
    case 'user':
      return { userRule: { threshold: dice.pick(thresholds) } };
    case 'client':
      return { clientRule: { threshold: dice.pick(thresholds) } };
    case 'advanced':
      return { advancedRules: advancedRulesOf(dice) };
    case 'currency':
      return { currency: dice.pick(['USD', 'EUR']) };
  }
}

/** A whole profile where the client had none. */
export function newProfile(dice: Dice): Fields {
  return profileOf(dice, dice.pick(['USD', 'EUR']));
}
