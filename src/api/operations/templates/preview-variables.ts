import { availableOf, toBalance } from '../../../domain/balance.js';
import { formatCents, moneyOf } from '../../../domain/money.js';
import {
  clientRule,
  notificationKindOf,
  userRule,
  type RuleIdentity,
} from '../../../domain/monitoring/rule-identity.js';
import { withoutEndSlash } from '../../../domain/urls.js';
import { sampleVariables, type MailKind, type MailVariables } from '../../../mail/variables.js';
import type { MailContext } from '../../../storage/notifications/mail-context.js';
import type { MonitoringTerms } from '../../../storage/monitoring/monitoring-terms.js';

/**
 * What a preview shows for a real client: its own name, balances and thresholds; what only a check or a grant would
 * give (numbers, times, amounts lent) is taken from the samples, and so is a balance that is unknown.
 */
export function previewVariables(
  kind: MailKind,
  client: MailContext,
  terms: MonitoringTerms,
  publicUrl: string | null,
  nowMs: number,
): MailVariables {
  const sample = sampleVariables(kind);
  const thresholdOf = ({ key }: RuleIdentity): string | undefined =>
    terms.profile?.rules.find((rule) => rule.key === key)?.threshold ?? undefined;
  const own: Record<string, string> = {
    ...balancesOf(client),
    id: client.clientId,
    name: client.name,
    currency: client.currency,
    balance_model: terms.client.balanceModel,
    credit_limit: formatCents(moneyOf(client.creditLimit)),
    temporary_credit: formatCents(moneyOf(client.temporaryCredit)),
    ...definedOnly({ alert_threshold: thresholdOf(clientRule), alert_athreshold: thresholdOf(userRule) }),
  };
  const isWarning = kind === notificationKindOf.warning;
  return {
    ...sample,
    client: { ...group(sample['client']), ...own },
    reseller: { name: client.resellerName, email: client.resellerEmail ?? '' },
    profile: { name: terms.profile?.name ?? '' },
    ...definedOnly({
      threshold: isWarning ? terms.client.warningThresholds[0] : thresholdOf(clientRule),
      threshold_currency: isWarning ? client.currency : terms.profile?.currency,
    }),
    links: { client: publicUrl === null ? '' : `${withoutEndSlash(publicUrl)}/clients/${client.clientId}` },
    now: new Date(nowMs).toISOString(),
  };
}

function balancesOf({ live, creditLimit, temporaryCredit }: MailContext): Record<string, string> {
  if (live === null) return {};
  const available = availableOf(toBalance({ live, creditLimit, temporaryCredit }));
  return {
    balance_avail: formatCents(available),
    overdrawn: available < 0n ? formatCents(-available) : '',
    balance_live: formatCents(moneyOf(live)),
    debt: formatCents(-moneyOf(live)),
  };
}

function group(value: MailVariables[string]): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, String(entry)]));
}

function definedOnly(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
