import type { CreditNotificationInput, DeliverInput } from '../../contract/deliveries.js';
import { availableOf, toBalance } from '../../domain/ledger/balance.js';
import {
  convertBeside,
  formatMoney,
  formatMoneyFor,
  isMoney,
  moneyOf,
  rateOf,
  type Micros,
} from '../../domain/money.js';
import {
  adminOwnRule,
  clientOwnRule,
  clientRule,
  thresholdInKey,
  userRule,
} from '../../domain/monitoring/rule-identity.js';
import type { RuleIdentity } from '../../domain/monitoring/rule-identity.js';
import { ownThresholdOf, profileThresholdOf } from '../../mail/rule-thresholds.js';
import { balanceVariables } from '../../mail/amount-variables.js';
import type { MailVariables } from '../../mail/variables.js';
import type { MailContext } from '../../storage/notifications/mail-context.js';
import type { GrantRecord } from '../../contract/temporary-credit.js';
import type { CardPaymentMail } from '../../storage/payments/auto-payment-state.js';
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
  const ownThreshold = thresholdInKey(rule) ?? ownThresholdOf(rule, terms);
  const threshold = ownThreshold ?? profileThresholdOf(rule, terms);
  return {
    client: {
      ...clientVariables(context, terms, input.live, input.available),
      alert_threshold: ownThresholdOf(clientOwnRule, terms) ?? profileThresholdOf(clientRule, terms),
      alert_athreshold: ownThresholdOf(adminOwnRule, terms) ?? profileThresholdOf(userRule, terms),
      debt: formatMoneyFor(-moneyOf(input.live), context.currency),
    },
    rule: {
      key: rule.key,
      audience: rule.audience,
      number: String(input.number),
      max: input.max === null ? 'unlimited' : String(input.max),
    },
    threshold,
    threshold_currency: ownThreshold !== null || !profile ? context.currency : profile.currency,
    available_converted:
      ownThreshold !== null || rate === null || rate === '1' ? '' : convertedText(input.available, rate, threshold),
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
  const text = (amount: Micros): string => formatMoneyFor(amount, context.currency);
  return {
    client: clientVariables(context, terms, live, available),
    credit: {
      amount: text(moneyOf(grant.amount)),
      valid_from: grant.validFrom,
      valid_until: grant.validUntil,
      reason: grant.reason,
      available_after: after === null ? '' : text(after),
      overdrawn_after: after === null || after >= 0n ? '' : text(-after),
      ...(before && {
        amount_before: text(moneyOf(before.amount)),
        valid_until_before: new Date(before.until).toISOString(),
      }),
    },
    ...generalVariables(context, links),
  };
}

export function cardPaymentVariables(
  payment: CardPaymentMail,
  context: MailContext,
  terms: MonitoringTerms,
  links: { readonly client: string },
): MailVariables {
  return {
    client: currentClient(context, terms),
    card_payment: {
      amount: payment.amount === null ? '' : formatMoneyFor(moneyOf(payment.amount), context.currency),
      card: payment.card,
      reason: payment.reason,
      retry_at: payment.retryAt?.toISOString() ?? '',
      transaction: payment.transactionId ?? '',
    },
    ...generalVariables(context, links),
  };
}

export function expiringCardVariables(
  card: { readonly name: string; readonly lastDay: string; readonly days: number },
  context: MailContext,
  terms: MonitoringTerms,
  links: { readonly client: string },
): MailVariables {
  return {
    client: currentClient(context, terms),
    card: { name: card.name, last_day: card.lastDay, days: String(card.days) },
    ...generalVariables(context, links),
  };
}

/** With its balance at the time of writing. */
function currentClient(context: MailContext, terms: MonitoringTerms): Record<string, string> {
  const { live, creditLimit, temporaryCredit } = context;
  const isUnlimited = terms.client.balanceModel === 'unlimited';
  const balance = live === null || isUnlimited ? null : toBalance({ live, creditLimit, temporaryCredit });
  return clientVariables(context, terms, live, balance && formatMoney(availableOf(balance)));
}

function clientVariables(
  context: MailContext,
  terms: MonitoringTerms,
  live: string | null,
  available: string | null,
): Record<string, string> {
  const { currency, creditLimit, temporaryCredit } = context;
  return {
    id: context.clientId,
    name: context.name,
    currency,
    balance_model: terms.client.balanceModel,
    ...balanceVariables({ live, available, creditLimit, temporaryCredit }, currency),
  };
}

/** All decimals, so that conditions compare as the monitor did; `viewOf` rounds what is written. */
function convertedText(available: string, rate: string, threshold: string): string {
  return formatMoney(convertBeside(moneyOf(available), rateOf(rate), isMoney(threshold) ? moneyOf(threshold) : 0n));
}

function generalVariables(context: MailContext, links: { readonly client: string }): MailVariables {
  return {
    reseller: { name: context.resellerName, email: context.resellerEmail ?? '' },
    links: { client: links.client },
    now: new Date().toISOString(),
  };
}
