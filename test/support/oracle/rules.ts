import { moneyOf, rateUnit, type Micros, type Rate } from '../../../src/domain/money.js';
import { recipientText } from '../../../src/simulate/scenario-channels.js';
import type { Scenario, ScenarioRule } from '../../../src/simulate/scenario.js';
import { availableIn, type World } from './world.js';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** What a rule's threshold says at one instant. */
type Level = 'off' | 'unlimited' | 'no_rate' | 'low' | 'not_low';

/** One rule of the client as configured at one instant. */
export interface OracleRule {
  readonly key: string;
  readonly level: Level;
  readonly inactivityMs: number;
  /** null: no limit */
  readonly maxNotifications: number | null;
  readonly periodMs: number;
  /** a refill that leaves the rule low resets its counter */
  readonly isResetByAnyRefill: boolean;
  readonly sendsOnChange: boolean;
  readonly to: readonly string[];
  readonly action: 'notify' | 'event' | 'capacity' | 'autopay';
  /** the threshold as `mostSevere` compares it; null: `mostSevere` does not apply to the rule */
  readonly rank: Micros | null;
}

/** All rules in their order: user, client, advanced, the warning thresholds, the client's own, then its card. */
export function rulesAt(scenario: Scenario, world: World, nowMs: number): OracleRule[] {
  return [
    ...profileRules(scenario, world, nowMs),
    ...warningRules(scenario, world),
    ...ownRules(scenario, world),
    ...cardRules(scenario, world, nowMs),
  ];
}

export function intervalAt(scenario: Scenario, { profile }: World): number {
  if (!profile) return scenario.client.checkEveryMinutes * minuteMs;
  if (profile.checkEveryMinutes !== null) return profile.checkEveryMinutes * minuteMs;
  return profile.periodHours * hourMs;
}

function profileRules(scenario: Scenario, world: World, nowMs: number): OracleRule[] {
  const { profile } = world;
  if (!profile) return [];
  const rate = rateAt(scenario, profile.currency, nowMs);
  return profile.rules.map((rule) => ({
    key: rule.key,
    level: profileLevel(rule, world, rate),
    inactivityMs: (rule.inactivityDays ?? 0) * dayMs,
    maxNotifications: profile.maxNotifications,
    periodMs: profile.periodHours * hourMs,
    isResetByAnyRefill: profile.resetOn === 'refill',
    sendsOnChange: profile.trigger === 'change',
    action: 'notify',
    to: distinct([
      rule.notifyRole ? roleAddress(rule, scenario) : null,
      ...rule.emails,
      ...rule.channels.map(recipientText),
    ]),
    rank: profile.whenSeveral === 'mostSevere' && rule.threshold !== null ? moneyOf(rule.threshold) : null,
  }));
}

function profileLevel(rule: ScenarioRule, world: World, rate: Rate | null): Level {
  if (rule.threshold === null) return 'off';
  if (world.balanceModel === 'unlimited') return 'unlimited';
  if (rate === null) return 'no_rate';
  return availableIn(world) * rate < moneyOf(rule.threshold) * rateUnit ? 'low' : 'not_low';
}

/** Each notifies once, and again only after it was no longer reached, whatever the profile says. */
function warningRules(scenario: Scenario, world: World): OracleRule[] {
  const { client } = scenario;
  return client.warningThresholds.map((value) => ({
    key: `warning:${value}`,
    level: warningLevel(value, world),
    inactivityMs: 0,
    maxNotifications: 1,
    periodMs: 0,
    isResetByAnyRefill: false,
    sendsOnChange: true,
    action: 'notify',
    to: distinct([client.billingEmail]),
    rank: null,
  }));
}

/** One threshold in the client's currency, strict; each acts once until the client is found not low. */
function ownRules({ client }: Scenario, world: World): OracleRule[] {
  const { lowBalanceThreshold: threshold, lowBalanceCapacity: capacity } = client;
  if (threshold === null) return [];
  const rule = (key: string, action: OracleRule['action']): OracleRule => ({
    key,
    level: ownLevel(action === 'capacity' && world.isCapacityReduced ? restoreAt(client) : threshold, world),
    inactivityMs: 0,
    maxNotifications: 1,
    periodMs: 0,
    isResetByAnyRefill: false,
    sendsOnChange: true,
    action,
    to: action === 'notify' ? distinct([client.billingEmail]) : [],
    rank: null,
  });
  return [
    ...(client.notifyClient ? [rule('client-own', 'notify')] : []),
    ...(client.notifyAdmin ? [rule('admin-own', 'event')] : []),
    ...(capacity === null ? [] : [rule('capacity', 'capacity')]),
  ];
}

/** The card is charged below the first threshold that is set: its own, the client's, or the client rule's of the profile. */
function cardRules(scenario: Scenario, world: World, nowMs: number): OracleRule[] {
  const { client } = scenario;
  if (!client.autoPayment) return [];
  const own = client.autoPaymentThreshold ?? client.lowBalanceThreshold;
  const ofProfile = world.profile?.rules.find(({ key }) => key === 'client');
  if (own === null && (ofProfile?.threshold ?? null) === null) return [];
  const level =
    own === null && world.profile && ofProfile
      ? profileLevel(ofProfile, world, rateAt(scenario, world.profile.currency, nowMs))
      : ownLevel(own ?? '0', world);
  return [
    {
      key: 'autopay',
      level,
      inactivityMs: 0,
      maxNotifications: client.autoPaymentRepeatWhileLow ? null : 1,
      periodMs: 0,
      isResetByAnyRefill: false,
      sendsOnChange: true,
      action: 'autopay',
      to: [],
      rank: null,
    },
  ];
}

function ownLevel(limit: string, world: World): Level {
  if (world.balanceModel === 'unlimited') return 'unlimited';
  return availableIn(world) < moneyOf(limit) ? 'low' : 'not_low';
}

function restoreAt(client: Scenario['client']): string {
  return client.lowBalanceRestoreAt ?? client.lowBalanceThreshold ?? '0';
}

function warningLevel(value: string, world: World): Level {
  const debt = -world.live;
  const isShare = value.endsWith('%');
  if (isShare && (world.creditLimit <= 0n || world.balanceModel === 'prepaid')) return 'off';
  if (world.balanceModel === 'unlimited') return 'unlimited';
  if (isShare) {
    // The percentage is in millionths too, so 100% is 100,000,000.
    const percent = moneyOf(value.slice(0, -1));
    return debt * 100_000_000n >= world.creditLimit * percent ? 'low' : 'not_low';
  }
  if (world.balanceModel === 'postpaid') return debt >= moneyOf(value) ? 'low' : 'not_low';
  return availableIn(world) <= moneyOf(value) ? 'low' : 'not_low';
}

/** The current rate from the client's currency; no rate is inverted. Of two that begin together the later row wins. */
function rateAt(scenario: Scenario, to: string, nowMs: number): Rate | null {
  const from = scenario.client.currency;
  if (from === to) return rateUnit;
  let found: Scenario['rates'][number] | null = null;
  for (const rate of scenario.rates) {
    if (rate.from !== from || rate.to !== to || rate.atMs > nowMs) continue;
    if (!found || rate.atMs >= found.atMs) found = rate;
  }
  return found?.rate ?? null;
}

function roleAddress(rule: ScenarioRule, { client }: Scenario): string | null {
  return rule.key === 'user' ? client.ownerEmail : client.billingEmail;
}

/** Compared without case, the first spelling kept. */
function distinct(addresses: readonly (string | null)[]): string[] {
  const kept: string[] = [];
  for (const address of addresses) {
    if (address !== null && !kept.some((other) => isSame(other, address))) kept.push(address);
  }
  return kept;
}

export function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
