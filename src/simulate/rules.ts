import {
  checkIntervalMs,
  compileRules,
  ruleDefinitions,
  type ClientTerms,
  type ProfileTerms,
  type RuleSet,
} from '../domain/rules.js';
import { rateUnit, type Rate } from '../domain/money.js';
import type { ScenarioClient, ScenarioProfile, ScenarioRate, ScenarioRule } from './scenario.js';

/** What of a scenario's profile and client the monitor goes by, made ready once. */
export interface Terms {
  readonly ruleSet: RuleSet;
  readonly intervalMs: number;
  /** a change that carries a rule across its threshold is checked at once */
  readonly checksCrossings: boolean;
  /** addresses by rule key, as written, in order role then extra, once each */
  readonly recipients: ReadonlyMap<string, readonly string[]>;
  /** rates from the client's currency to the profile's, oldest first */
  readonly rates: readonly { readonly rate: Rate; readonly atMs: number }[];
}

const atAllTimes = [{ rate: rateUnit, atMs: Number.NEGATIVE_INFINITY }];

/** Rules share a recipient when the addresses are the same without regard to case, so that is what they are told. */
export function termsOf(
  profile: ScenarioProfile | null,
  client: ScenarioClient,
  rates: readonly ScenarioRate[],
): Terms {
  const recipients = new Map<string, readonly string[]>();
  const clientTerms: ClientTerms = { ...client, warningRecipients: lowerCased(once([client.billingEmail])) };
  for (const text of client.warningThresholds) recipients.set(`warning:${text}`, once([client.billingEmail]));
  const profileTerms: ProfileTerms | null = profile && {
    ...profile,
    rules: profile.rules.map((rule) => {
      const addresses = once([roleAddress(rule, client), ...rule.emails]);
      recipients.set(rule.key, addresses);
      return { ...rule, recipients: lowerCased(addresses) };
    }),
  };
  return {
    ruleSet: compileRules(ruleDefinitions(profileTerms, clientTerms), profile?.whenSeveral ?? 'each'),
    intervalMs: checkIntervalMs(profileTerms, clientTerms),
    checksCrossings: profile?.trigger === 'change',
    recipients,
    rates:
      profile && profile.currency !== client.currency
        ? ratesBetween(client.currency, profile.currency, rates)
        : atAllTimes,
  };
}

function roleAddress(rule: ScenarioRule, client: ScenarioClient): string | null {
  if (!rule.notifyRole) return null;
  return rule.key === 'user' ? client.ownerEmail : client.billingEmail;
}

/** Each address once, compared without regard to case, the first spelling kept. */
function once(addresses: readonly (string | null)[]): string[] {
  const kept = new Map<string, string>();
  for (const address of addresses) {
    if (address !== null && !kept.has(address.toLowerCase())) kept.set(address.toLowerCase(), address);
  }
  return [...kept.values()];
}

function lowerCased(addresses: readonly string[]): string[] {
  return addresses.map((address) => address.toLowerCase());
}

function ratesBetween(from: string, to: string, rates: readonly ScenarioRate[]): Terms['rates'] {
  return rates.filter((rate) => rate.from === from && rate.to === to).sort((a, b) => a.atMs - b.atMs);
}
