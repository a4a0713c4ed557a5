import { assertNever } from '../../../domain/errors.js';
import { formatCents, formatMoney, moneyOf } from '../../../domain/money.js';
import { isLowVerdict } from '../../../domain/monitoring/client-state.js';
import type { Threshold } from '../../../domain/monitoring/rules.js';
import type { BalanceFault } from '../../../storage/balance-faults.js';
import { timeText } from '../../schemas.js';
import type { RuleView } from './rule-views.js';

/** What a sentence about a rule needs to know beside the rule. */
export interface WhyFacts {
  /** as the monitor last saw it, in the client's currency; null: unknown */
  readonly available: string | null;
  /** the client's */
  readonly currency: string;
  readonly pausedBy: string | null;
  /** why the balance is unknown, where the balance source does not tell it */
  readonly fault: BalanceFault | null;
}

/** One plain sentence on why the rule did, or did not, send at the last check. */
export function whySentence(view: RuleView, facts: WhyFacts): string {
  const { definition } = view;
  if (isOver(view)) return 'It was low at the last check and is not any more; its count starts over.';
  if (hasStartedOver(view)) {
    return `Low, and its count has started over since the last check; the next notice may follow from ${nextText(view)}.`;
  }
  switch (view.last) {
    case null:
      return 'It has not been checked yet.';
    case 'off':
      return definition.threshold
        ? 'Its threshold is a share of the permanent credit limit, and that is not positive: the rule is off until it is.'
        : 'It has no threshold, so it is off.';
    case 'paused':
      return facts.pausedBy === null
        ? 'The client was not active, so nobody is told; the schedule goes on.'
        : `The monitor is paused by ${facts.pausedBy}, so nobody is told; the schedule goes on.`;
    case 'balance_unknown':
      return `${unknownText(facts.fault)}. An unknown balance is neither low nor fine.`;
    case 'unlimited':
      return 'The client has no limit and is never low.';
    case 'no_rate':
      return `No exchange rate from ${facts.currency} to ${view.currency} was in force, so nothing could be decided.`;
    case 'above_threshold':
      return `Not low: ${availableText(facts)}, and it tells of ${thresholdText(definition.threshold, view.currency)}.`;
    case 'not_inactive':
      return `Low, but it tells only after ${daysText(definition.inactivityDays)} without a charge.`;
    case 'no_recipients':
      return 'Low, but nobody is set to be told: give the rule an address, or the client a billing e-mail.';
    case 'superseded':
      return 'Low, but everybody whom it would tell hears from a more severe rule.';
    case 'silenced':
      return view.silencedUntil > 0
        ? `Low, but silenced until ${timeText(new Date(view.silencedUntil))}.`
        : 'Low, but it was silenced.';
    case 'max_reached':
      return `Low, and ${allNotices(definition.maxNotifications)}; ${startsOver(view)}.`;
    case 'period_not_elapsed':
      return `Low, and ${noticeText(view)} ${sentAtText(view)}; the next may follow from ${nextText(view)}.`;
    case 'waiting_for_check':
      return 'Low, and it may notify at the next check.';
    case 'sent':
      return `Low, and ${noticeText(view)} ${sentAtText(view)} to ${definition.recipients.join(', ') || 'its recipients'}.`;
    case 'send_failed':
      return 'Low, but the mail could not be handed over; it does not count, and the next check tries again.';
    case 'send_uncertain':
      return `Low; ${noticeText(view)} was handed over, but the connection broke before the answer: it may have arrived, so it counts.`;
    default:
      return assertNever(view.last);
  }
}

/** The balance rose after the check that the verdict speaks of. */
function isOver({ last, low }: RuleView): boolean {
  return last !== null && isLowVerdict({ reason: last }) && !low;
}

/** A payment or a person began a new count after that check. */
function hasStartedOver({ last, count }: RuleView): boolean {
  const counted =
    last === 'sent' || last === 'send_uncertain' || last === 'max_reached' || last === 'period_not_elapsed';
  return counted && count === 0;
}

function unknownText(fault: BalanceFault | null): string {
  return fault === null
    ? 'The balance could not be read'
    : `The balance is unknown since ${timeText(fault.since)} (source ${fault.source}): ${fault.reason}`;
}

function availableText({ available, currency }: WhyFacts): string {
  return available === null
    ? 'available is not known any more'
    : `available is ${formatCents(moneyOf(available))} ${currency}`;
}

function thresholdText(threshold: Threshold | null, currency: string): string {
  switch (threshold?.kind) {
    case undefined:
      return 'nothing';
    case 'below':
      return `less than ${formatMoney(moneyOf(threshold.value))} ${currency}`;
    case 'atMost':
      return `${formatMoney(moneyOf(threshold.value))} ${currency} or less`;
    case 'debtAtLeast':
      return `a debt of ${formatMoney(moneyOf(threshold.value))} ${currency} or more`;
    case 'debtShare':
      return `a debt of ${threshold.percent}% of the credit limit or more`;
    default:
      return assertNever(threshold);
  }
}

function daysText(days: number | null): string {
  return days === 1 ? 'one day' : `${days ?? 0} days`;
}

function allNotices(max: number | null): string {
  return max === 1 ? 'its one notice was sent' : `all ${max ?? 'its'} notices of this count were sent`;
}

function startsOver({ definition }: RuleView): string {
  return definition.resetOn === 'refill'
    ? 'the count starts over with the next payment, or when the balance is fine again'
    : 'the count starts over when the balance is fine again';
}

function noticeText({ count, definition }: RuleView): string {
  return definition.maxNotifications === null ? `notice ${count}` : `notice ${count} of ${definition.maxNotifications}`;
}

function sentAtText({ sentAt }: RuleView): string {
  return sentAt === null ? 'was sent' : `was sent at ${timeText(new Date(sentAt))}`;
}

function nextText({ sentAt, definition }: RuleView): string {
  return sentAt === null ? 'now on' : timeText(new Date(sentAt + definition.periodMs));
}
