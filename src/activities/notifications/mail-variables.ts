import type { CreditNotificationInput, DeliverInput } from '../../contract/deliveries.js';
import { availableOf, toBalance } from '../../domain/balance.js';
import { convert, formatCents, formatMoney, moneyOf, rateOf, type Micros } from '../../domain/money.js';
import { clientRule, userRule, type RuleIdentity } from '../../domain/monitoring/rule-identity.js';
import type { MailVariables } from '../../mail/variables.js';
import type { MailContext } from '../../storage/notifications/mail-context.js';
import type { GrantRecord } from '../../contract/temporary-credit.js';
import type { MonitoringTerms } from '../../storage/monitoring/monitoring-terms.js';

/** What templates are given. Amounts of a notification are those of its decision, not of the moment of writing. */

export function ruleVariables(
  input: DeliverInput,
  rule: RuleIdentity,
  context: MailContext,
  terms: MonitoringTerms,
  rate: string | null,
  links: { readonly client: string },
): MailVariables {
  const { profile } = terms;
  const thresholdOf = ({ key }: RuleIdentity): string => profile?.rules.find((one) => one.key === key)?.threshold ?? '';
  const isWarning = rule.source === 'warning';
  return {
    client: {
      ...clientVariables(context, terms, input.live, input.available),
      alert_threshold: thresholdOf(clientRule),
      alert_athreshold: thresholdOf(userRule),
      debt: formatCents(-moneyOf(input.live)),
    },
    rule: {
      key: rule.key,
      audience: rule.audience,
      number: String(input.number),
      max: input.max === null ? 'unlimited' : String(input.max),
    },
    threshold: isWarning ? (rule.name ?? '') : thresholdOf(rule),
    threshold_currency: isWarning || !profile ? context.currency : profile.currency,
    available_converted:
      rate === null || rate === '1' ? '' : formatCents(convert(moneyOf(input.available), rateOf(rate))),
    profile: { name: profile?.name ?? '' },
    checked_at: new Date(input.decidedAt).toISOString(),
    next_check_at: new Date(input.nextCheckAt).toISOString(),
    ...generalVariables(context, links),
  };
}

export function creditVariables(
  grant: GrantRecord,
  context: MailContext,
  terms: MonitoringTerms,
  links: { readonly client: string },
  before?: CreditNotificationInput['before'],
): MailVariables {
  const { live, creditLimit, temporaryCredit } = context;
  // Left empty where the balance is unknown, or nothing limits it: the credit itself is known all the same.
  const isUnlimited = terms.client.balanceModel === 'unlimited';
  const balance = live === null || isUnlimited ? null : toBalance({ live, creditLimit, temporaryCredit });
  const available = balance && formatMoney(availableOf(balance));
  const after = balance && availableOf({ ...balance, temporaryCredit: 0n });
  return {
    client: clientVariables(context, terms, live, available),
    credit: {
      amount: grant.amount,
      valid_from: grant.validFrom,
      valid_until: grant.validUntil,
      reason: grant.reason,
      available_after: after === null ? '' : formatCents(after),
      overdrawn_after: after === null ? '' : overdrawnText(after),
      ...(before && {
        amount_before: formatCents(moneyOf(before.amount)),
        valid_until_before: new Date(before.until).toISOString(),
      }),
    },
    ...generalVariables(context, links),
  };
}

function clientVariables(
  context: MailContext,
  terms: MonitoringTerms,
  live: string | null,
  available: string | null,
): Record<string, string> {
  return {
    id: context.clientId,
    name: context.name,
    currency: context.currency,
    balance_avail: available === null ? '' : formatCents(moneyOf(available)),
    overdrawn: available === null ? '' : overdrawnText(moneyOf(available)),
    balance_live: live === null ? '' : formatCents(moneyOf(live)),
    balance_model: terms.client.balanceModel,
    credit_limit: formatCents(moneyOf(context.creditLimit)),
    temporary_credit: formatCents(moneyOf(context.temporaryCredit)),
  };
}

/** How far a balance is below zero; empty: it is not. */
function overdrawnText(available: Micros): string {
  return available < 0n ? formatCents(-available) : '';
}

function generalVariables(context: MailContext, links: { readonly client: string }): MailVariables {
  return {
    reseller: { name: context.resellerName, email: context.resellerEmail ?? '' },
    links: { client: links.client },
    now: new Date().toISOString(),
  };
}
