import { assertNever } from '../../../domain/errors.js';
import {
  convertBeside,
  moneyOf,
  moneyWithCurrency,
  rateOf,
  roundBeside,
  shareUp,
  type Micros,
} from '../../../domain/money.js';
import { ruleSourceSpecs } from '../../../domain/monitoring/rule-identity.js';
import type { RuleDefinition, Threshold } from '../../../domain/monitoring/rule-definition.js';
import type { AccountRow } from '../../../storage/ledger/balance-read.js';
import type { ClientSilence } from '../../../storage/silences/client-silences.js';
import type { BalanceError } from '../../../storage/monitoring/balance-errors.js';
import { timeText } from '../../contract/schemas.js';
import { isOnDebt, type RuleView } from './rule-views.js';

/** What a sentence about a rule needs besides the rule. */
interface ReasonFacts {
  /** now, in the client's currency; null: unknown, or nothing limits it */
  readonly available: Micros | null;
  readonly account: AccountRow;
  /** from the client's currency to the profile's; null: there is no current rate */
  readonly rate: string | null;
  readonly pausedBy: string | null;
  /** why the balance is unknown; null: the balance source answered, or gave no reason */
  readonly fault: BalanceError | null;
  /** silences over many clients that cover it, also those that have not started */
  readonly covering: readonly ClientSilence[];
  /** ms */
  readonly now: number;
  /** the next scheduled check; null: none */
  readonly nextCheckAt: Date | null;
}

function silencedText({ silencedUntil }: RuleView, { covering, now }: ReasonFacts): string {
  const by = covering.find(({ from }) => from.getTime() <= now);
  const silence = by ? ` by silence ${by.id} of ${by.resellerName} (${by.comment})` : '';
  if (silencedUntil > now) return `Silenced until ${timeText(new Date(silencedUntil))}${silence}.`;
  return `This rule is silenced${silence}.`;
}

/** One sentence on why the rule did or did not notify at the last evaluation, with what follows. */
export function reasonSentence(view: RuleView, facts: ReasonFacts): string {
  const { definition } = view;
  // A profile's rule is low, a warning threshold is reached.
  const low = isReached(definition) ? 'Reached.' : 'Low.';
  switch (view.lastReason) {
    case null:
      return 'Not checked yet.';
    case 'off':
      return offText(view);
    case 'paused':
      return facts.pausedBy === null
        ? 'The client is stopped. No notifications are sent.'
        : `The monitor is paused by ${facts.pausedBy}. No notifications are sent.`;
    case 'balance_unknown':
      return unknownText(facts.fault);
    case 'unlimited':
      return 'The client has unlimited credit and is never low.';
    case 'no_rate':
      return `There is no current exchange rate from ${facts.account.currency} to ${view.currency}. Add one to evaluate this rule.`;
    case 'above_threshold':
      return aboveText(view, facts);
    case 'not_inactive':
      return `${low} Notifies only after ${daysText(definition.inactivityDays)} without charges.`;
    case 'no_recipients':
      return `${low} The rule has no recipients. Add an address or a channel to the rule, or a billing email to the client.`;
    case 'superseded':
      return `${low} A more severe rule notifies the same recipients.`;
    case 'silenced':
      return `${low} ${silencedText(view, facts)}`;
    case 'max_reached':
      return `${low} ${definition.action === 'event' ? 'Its event was added.' : allSentText(definition.maxNotifications)} ${resetText(view)}`;
    case 'period_not_elapsed':
      return `${low} ${periodText(view)}`;
    case 'waiting_for_check':
      return `${low} ${waitingText(view, facts.nextCheckAt)}`;
    case 'sent':
      if (definition.action !== 'notify') return `${low} ${actedText(view)}`;
      return `${low} ${numberText(view)} ${sentAtText(view)} to ${view.recipients.join(', ') || 'its recipients'}.`;
    case 'send_failed':
      return `${low} No mail server or channel accepted the notification. It does not count; the rule tries again at the next check, or within an hour (trigger change).`;
    case 'send_uncertain':
      return `${low} ${numberText(view)} may have arrived: the connection broke before the server replied. It counts.`;
    default:
      return assertNever(view.lastReason);
  }
}

/** At its threshold already, not only below it. */
function isReached({ source }: RuleDefinition): boolean {
  return ruleSourceSpecs[source].lowAt === 'atMost';
}

function offText({ definition }: RuleView): string {
  if (definition.threshold) {
    return 'Off: the threshold is a share of the permanent credit limit, which is not positive. Set a credit limit to turn it on.';
  }
  return definition.source === 'warning'
    ? 'Off: only a postpaid client can be warned at a share of its credit limit. Use an amount instead.'
    : 'This rule has no threshold.';
}

function unknownText(fault: BalanceError | null): string {
  return fault === null
    ? 'The balance is unknown, so the rule is not evaluated.'
    : `The balance is unknown since ${timeText(fault.since)} (source ${fault.source}): ${fault.reason}. The rule is not evaluated.`;
}

function aboveText({ definition, currency }: RuleView, { available, account, rate }: ReasonFacts): string {
  const { threshold } = definition;
  if (available === null || !threshold) return 'Not low at the last check.';
  const own = (amount: Micros): string => moneyWithCurrency(amount, account.currency);
  if (isOnDebt(definition)) return debtText(threshold, account);
  const limit = threshold.kind === 'debtShare' ? 0n : moneyOf(threshold.value);
  const text = moneyWithCurrency(limit, currency);
  if (isReached(definition)) return `Not reached: ${own(available)} available, warning at ${text}.`;
  if (rate === null || threshold.kind !== 'below' || currency === account.currency)
    return `Not low: ${own(available)} available, threshold ${text}.`;
  const converted = roundBeside(convertBeside(available, rateOf(rate), limit), limit, currency);
  return `Not low: ${own(available)} available (about ${moneyWithCurrency(converted, currency)}), threshold ${text}.`;
}

function debtText(threshold: Threshold, { live, creditLimit, currency }: AccountRow): string {
  const debt = live === null ? 0n : -moneyOf(live);
  const owed = debt > 0n ? `${moneyWithCurrency(debt, currency)} owed` : 'nothing owed';
  if (threshold.kind !== 'debtShare') {
    const value = threshold.kind === 'debtAtLeast' ? moneyOf(threshold.value) : 0n;
    return `Not reached: ${owed}, warning at a debt of ${moneyWithCurrency(value, currency)}.`;
  }
  const share = moneyWithCurrency(shareUp(moneyOf(creditLimit), moneyOf(threshold.percent)), currency);
  return `Not reached: ${owed}, warning at a debt of ${share} (${threshold.percent}% of the credit limit).`;
}

/** What a rule did that notifies no one by email. */
function actedText({ definition, lastNotifiedAt }: RuleView): string {
  if (definition.action === 'capacity') return `Capacity ${definition.capacity ?? 0} applies.`;
  if (definition.action === 'autopay') return 'The card is charged once until the balance recovers.';
  const at = lastNotifiedAt === null ? '' : ` at ${timeText(new Date(lastNotifiedAt))}`;
  return `An event was added to the events log${at}.`;
}

function daysText(days: number | null): string {
  return days === 1 ? '1 day' : `${days ?? 0} days`;
}

function allSentText(max: number | null): string {
  return max === 1 ? 'Its notification was sent.' : `All ${max ?? ''} notifications were sent.`;
}

function resetText({ definition }: RuleView): string {
  if (isOnDebt(definition)) return 'The counter resets when the debt is below the threshold.';
  return definition.resetOn === 'refill'
    ? 'The counter resets with the next payment or when the balance recovers.'
    : 'The counter resets when the balance recovers.';
}

/** A counter that was reset while a period runs shows no notification to speak of. */
function periodText(view: RuleView): string {
  const { nextPossibleAt } = view;
  const next = nextPossibleAt === null ? '' : ` The next can follow at ${timeText(new Date(nextPossibleAt))}.`;
  if (wasCounterReset(view)) return `The counter was reset, and the period since the last notification runs.${next}`;
  return `${numberText(view)} ${sentAtText(view)}.${next}`;
}

/** The counter was reset, by a refill that was too small or by an edit, while the period continues. */
function wasCounterReset({ count }: RuleView): boolean {
  return count === 0;
}

function waitingText({ nextPossibleAt }: RuleView, nextCheckAt: Date | null): string {
  const at = nextPossibleAt ?? nextCheckAt?.getTime() ?? null;
  return at === null ? 'Notifies at the next check.' : `Notifies at the next check, ${timeText(new Date(at))}.`;
}

function numberText({ count, definition }: RuleView): string {
  return definition.maxNotifications === null
    ? `Notification ${count}`
    : `Notification ${count} of ${definition.maxNotifications}`;
}

function sentAtText({ lastNotifiedAt }: RuleView): string {
  return lastNotifiedAt === null ? 'was sent' : `was sent at ${timeText(new Date(lastNotifiedAt))}`;
}
