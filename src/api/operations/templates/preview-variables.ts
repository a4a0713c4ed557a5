import { availableOf, toBalance } from '../../../domain/ledger/balance.js';
import { formatMoney, formatMoneyFor, moneyOf } from '../../../domain/money.js';
import {
  adminOwnRule,
  clientOwnRule,
  clientRule,
  hasThresholdsInKeys,
  ruleSources,
  ruleSourceSpecs,
  userRule,
  type RuleIdentity,
} from '../../../domain/monitoring/rule-identity.js';
import { ruleDefinitions } from '../../../domain/monitoring/rules.js';
import { withoutEndSlash } from '../../../domain/urls.js';
import { balanceVariables } from '../../../mail/amount-variables.js';
import { ownThresholdOf, profileThresholdOf } from '../../../mail/rule-thresholds.js';
import { sampleVariables, type MailKind, type MailVariables } from '../../../mail/variables.js';
import type { MailContext } from '../../../storage/notifications/mail-context.js';
import type { MonitoringTerms } from '../../../storage/monitoring/monitoring-terms.js';

/**
 * What a preview shows for a real client: its own name, balances and thresholds; what only a check or a grant would
 * give (numbers, times, granted amounts) is taken from the samples, and so is a balance that is unknown.
 */
export function previewVariables(
  kind: MailKind,
  client: MailContext,
  terms: MonitoringTerms,
  publicUrl: string | null,
  nowMs: number,
): MailVariables {
  const sample = sampleVariables(kind);
  const { profile } = terms;
  const thresholdOf = (own: RuleIdentity, rule: RuleIdentity): string =>
    ownThresholdOf(own, terms) ?? profileThresholdOf(rule, terms);
  const ownThreshold = ownThresholdOf(clientOwnRule, terms) ?? undefined;
  const profileThreshold = profileThresholdOf(clientRule, terms) || undefined;
  const own: Record<string, string> = {
    id: client.clientId,
    name: client.name,
    currency: client.currency,
    balance_model: terms.client.balanceModel,
    ...balancesOf(client),
    alert_threshold: thresholdOf(clientOwnRule, clientRule),
    alert_athreshold: thresholdOf(adminOwnRule, userRule),
  };
  const source = ruleSources.find((one) => ruleSourceSpecs[one].notificationKind === kind);
  const isInKey = source !== undefined && hasThresholdsInKeys(source);
  const [first] = ruleDefinitions(profile, terms.client).filter((rule) => rule.source === source);
  return {
    ...sample,
    client: { ...group(sample['client']), ...own },
    reseller: { name: client.resellerName, email: client.resellerEmail ?? '' },
    profile: { name: terms.profile?.name ?? '' },
    ...definedOnly({
      threshold: isInKey ? (first?.name ?? undefined) : (profileThreshold ?? ownThreshold),
      threshold_currency: isInKey || profileThreshold === undefined ? client.currency : terms.profile?.currency,
    }),
    links: { client: publicUrl === null ? '' : `${withoutEndSlash(publicUrl)}/clients/${client.clientId}` },
    now: new Date(nowMs).toISOString(),
  };
}

function balancesOf(client: MailContext): Record<string, string> {
  const { live, creditLimit, temporaryCredit, currency } = client;
  const available = live === null ? null : formatMoney(availableOf(toBalance({ live, creditLimit, temporaryCredit })));
  const known = balanceVariables({ live, available, creditLimit, temporaryCredit }, currency);
  if (live !== null) return { ...known, debt: formatMoneyFor(-moneyOf(live), currency) };
  const { credit_limit, temporary_credit } = known;
  return definedOnly({ credit_limit, temporary_credit });
}

function group(value: MailVariables[string]): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, String(entry)]));
}

function definedOnly(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
