import { assertNever } from '../../../domain/errors.js';
import { formatCents, formatMoney, moneyOf } from '../../../domain/money.js';
import type { Threshold } from '../../../domain/monitoring/rules.js';
import type { BalanceFault } from '../../../storage/monitoring/balance-faults.js';
import { timeText } from '../../contract/schemas.js';
import type { RuleView } from './rule-views.js';

/** What a sentence about a rule needs besides the rule. */
interface ReasonFacts {
  /** as the monitor last observed it, in the client's currency; null: unknown */
  readonly available: string | null;
  /** the client's */
  readonly currency: string;
  readonly pausedBy: string | null;
  /** why the balance is unknown; null: the balance source answered, or gave no reason */
  readonly fault: BalanceFault | null;
  /** the next scheduled check; null: none */
  readonly nextCheckAt: Date | null;
}

/** One sentence on why the rule did or did not notify at the last evaluation, with what follows. */
export function reasonSentence(view: RuleView, facts: ReasonFacts): string {
  const { definition } = view;
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
      return `There is no current exchange rate from ${facts.currency} to ${view.currency}. Add one to evaluate this rule.`;
    case 'above_threshold':
      return `Not low: ${availableText(facts)}, ${thresholdText(definition.threshold, view.currency)}.`;
    case 'not_inactive':
      return `Low. Notifies only after ${daysText(definition.inactivityDays)} without charges.`;
    case 'no_recipients':
      return 'Low, but the rule has no recipients. Add an address to the rule or a billing email to the client.';
    case 'superseded':
      return 'Low, but a more severe rule notifies the same recipients.';
    case 'silenced':
      return view.silencedUntil > 0
        ? `Low. Silenced until ${timeText(new Date(view.silencedUntil))}.`
        : 'Low, but this rule is silenced.';
    case 'max_reached':
      return `Low. ${allSentText(definition.maxNotifications)} ${resetText(view)}`;
    case 'period_not_elapsed':
      return periodText(view);
    case 'waiting_for_check':
      return waitingText(facts.nextCheckAt);
    case 'sent':
      return `Low. ${numberText(view)} ${sentAtText(view)} to ${definition.recipients.join(', ') || 'its recipients'}.`;
    case 'send_failed':
      return 'Low. The mail server did not accept the notification. It does not count; the rule tries again at the next check, or within an hour (trigger change).';
    case 'send_uncertain':
      return `Low. ${numberText(view)} may have arrived: the connection broke before the server replied. It counts.`;
    default:
      return assertNever(view.lastReason);
  }
}

function offText({ definition }: RuleView): string {
  if (definition.threshold) {
    return 'Off: the threshold is a share of the permanent credit limit, which is not positive. Set a credit limit to turn it on.';
  }
  return definition.source === 'warning'
    ? 'Off: only a postpaid client can be warned at a share of its credit limit. Use an amount instead.'
    : 'This rule has no threshold.';
}

function unknownText(fault: BalanceFault | null): string {
  return fault === null
    ? 'The balance is unknown, so the rule is not evaluated.'
    : `The balance is unknown since ${timeText(fault.since)} (source ${fault.source}): ${fault.reason}. The rule is not evaluated.`;
}

function availableText({ available, currency }: ReasonFacts): string {
  return available === null ? 'available is unknown now' : `${formatCents(moneyOf(available))} ${currency} available`;
}

function thresholdText(threshold: Threshold | null, currency: string): string {
  switch (threshold?.kind) {
    case undefined:
      return 'no threshold';
    case 'below':
    case 'atMost':
      return `threshold ${formatMoney(moneyOf(threshold.value))} ${currency}`;
    case 'debtAtLeast':
      return `threshold at a debt of ${formatMoney(moneyOf(threshold.value))} ${currency}`;
    case 'debtShare':
      return `threshold at a debt of ${threshold.percent}% of the credit limit`;
    default:
      return assertNever(threshold);
  }
}

function daysText(days: number | null): string {
  return days === 1 ? '1 day' : `${days ?? 0} days`;
}

function allSentText(max: number | null): string {
  return max === 1 ? 'Its notification was sent.' : `All ${max ?? ''} notifications were sent.`;
}

function resetText({ definition }: RuleView): string {
  return definition.resetOn === 'refill'
    ? 'The counter resets with the next payment or when the balance recovers.'
    : 'The counter resets when the balance recovers.';
}

/** A counter that was reset while a period runs shows no notification to speak of. */
function periodText(view: RuleView): string {
  const next = view.periodEnd === null ? 'now on' : timeText(new Date(view.periodEnd));
  if (wasCounterReset(view)) return `Low. The counter was reset; the next notification can follow from ${next}.`;
  return `Low. ${numberText(view)} ${sentAtText(view)}; the next can follow from ${next}.`;
}

/** The counter was reset, by a refill that was too small or by an edit, while the period goes on. */
function wasCounterReset({ count }: RuleView): boolean {
  return count === 0;
}

function waitingText(nextCheckAt: Date | null): string {
  return nextCheckAt === null
    ? 'Low. Notifies at the next check.'
    : `Low. Notifies at the next check, ${timeText(nextCheckAt)}.`;
}

function numberText({ count, definition }: RuleView): string {
  return definition.maxNotifications === null
    ? `Notification ${count}`
    : `Notification ${count} of ${definition.maxNotifications}`;
}

function sentAtText({ lastNotifiedAt }: RuleView): string {
  return lastNotifiedAt === null ? 'was sent' : `was sent at ${timeText(new Date(lastNotifiedAt))}`;
}
