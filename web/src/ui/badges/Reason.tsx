import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Reason } from '../../api/types';
import { rich } from '../../i18n/rich';
import { t, type Key } from '../../i18n/t';
import { Money } from '../text/Money';
import type { RuleAction } from '../text/rule-label';
import { Time } from '../text/Time';
import { ToneBadge, type Tone } from './ToneBadge';

/** What makes the sentence precise, as far as it is known. */
export interface ReasonFacts {
  readonly available?: string | null;
  readonly threshold?: string | null;
  readonly currency?: string | null;
  /** notifications that count toward Max qty, and Max qty */
  readonly sent?: number | null;
  readonly max?: number | null;
  /** when the rule can notify again, or the silence ends */
  readonly nextAt?: string | null;
  readonly inactivityDays?: number | null;
  /** what the rule does; absent: it notifies */
  readonly action?: RuleAction;
  /** a warning threshold, which is reached or not */
  readonly isWarning?: boolean;
  /** of a threshold on debt: what the client owes, and the share of the credit limit at which the rule is low */
  readonly debt?: string | null;
  readonly percent?: string | null;
}

/** In the order in which the service decides. */
const looks: Readonly<Record<Reason, { short: Key; sentence: Key; tone: Tone }>> = {
  off: { short: 'ui.reason.off', sentence: 'ui.reason.off.sentence', tone: 'gray' },
  paused: { short: 'ui.reason.paused', sentence: 'ui.reason.paused.sentence', tone: 'gray' },
  balance_unknown: { short: 'ui.reason.balance_unknown', sentence: 'ui.reason.balance_unknown.sentence', tone: 'blue' },
  unlimited: { short: 'ui.reason.unlimited', sentence: 'ui.reason.unlimited.sentence', tone: 'teal' },
  no_rate: { short: 'ui.reason.no_rate', sentence: 'ui.reason.no_rate.sentence', tone: 'red' },
  above_threshold: {
    short: 'ui.reason.above_threshold',
    sentence: 'ui.reason.above_threshold.sentence',
    tone: 'green',
  },
  not_inactive: { short: 'ui.reason.not_inactive', sentence: 'ui.reason.not_inactive.sentence', tone: 'gray' },
  no_recipients: { short: 'ui.reason.no_recipients', sentence: 'ui.reason.no_recipients.sentence', tone: 'red' },
  superseded: { short: 'ui.reason.superseded', sentence: 'ui.reason.superseded.sentence', tone: 'gray' },
  silenced: { short: 'ui.reason.silenced', sentence: 'ui.reason.silenced.sentence', tone: 'violet' },
  max_reached: { short: 'ui.reason.max_reached', sentence: 'ui.reason.max_reached.sentence', tone: 'orange' },
  period_not_elapsed: {
    short: 'ui.reason.period_not_elapsed',
    sentence: 'ui.reason.period_not_elapsed.sentence',
    tone: 'amber',
  },
  waiting_for_check: {
    short: 'ui.reason.waiting_for_check',
    sentence: 'ui.reason.waiting_for_check.sentence',
    tone: 'amber',
  },
  sent: { short: 'ui.reason.sent', sentence: 'ui.reason.sent.sentence', tone: 'green' },
  send_failed: { short: 'ui.reason.send_failed', sentence: 'ui.reason.send_failed.sentence', tone: 'red' },
  send_uncertain: { short: 'ui.reason.send_uncertain', sentence: 'ui.reason.send_uncertain.sentence', tone: 'violet' },
};

/** All reasons, in that order. */
export const reasons = Object.keys(looks) as readonly Reason[];

/** The reason in a word or two, as its badge has it. */
export const reasonText = (reason: Reason, action?: RuleAction): string =>
  t(shortOf(reason, { ...(action && { action }) }));

/** What is not an email is not sent. */
function shortOf(reason: Reason, facts: ReasonFacts): Key {
  if (isNotReached(reason, facts)) return 'ui.reason.notReached';
  if (reason === 'sent' && facts.action === 'capacity') return 'ui.reason.applied';
  if (reason === 'sent' && facts.action === 'autopay') return 'ui.reason.charged';
  if (reason === 'sent' && facts.action === 'event') return 'ui.reason.eventAdded';
  return looks[reason].short;
}

function sentenceOf(reason: Reason, facts: ReasonFacts): Key {
  if (isNotReached(reason, facts)) return 'ui.reason.notReached.sentence';
  if (reason === 'sent' && facts.action === 'capacity') return 'ui.reason.applied.sentence';
  if (reason === 'sent' && facts.action === 'autopay') return 'ui.reason.charged.sentence';
  if (reason === 'sent' && facts.action === 'event') return 'ui.reason.eventAdded.sentence';
  if (reason === 'max_reached' && facts.action === 'event') return 'ui.reason.eventDone.sentence';
  return looks[reason].sentence;
}

/** The reason of a verdict in one sentence. */
export function ReasonSentence({
  reason,
  facts = {},
}: {
  readonly reason: Reason;
  readonly facts?: ReasonFacts;
}): ReactNode {
  return <>{exactSentence(reason, facts) ?? t(sentenceOf(reason, facts))}</>;
}

/** The reason as a chip for tables, with the sentence on hover and for screen readers. */
export function ReasonBadge({
  reason,
  facts = {},
}: {
  readonly reason: Reason;
  readonly facts?: ReasonFacts;
}): ReactNode {
  const { tone } = looks[reason];
  return (
    <Tooltip multiline maw={360} label={<ReasonSentence reason={reason} facts={facts} />} events={onHoverAndFocus}>
      <span tabIndex={0}>
        <ToneBadge tone={tone}>{t(shortOf(reason, facts))}</ToneBadge>
      </span>
    </Tooltip>
  );
}

const onHoverAndFocus = { hover: true, focus: true, touch: true };

/** The debt of a client is below a warning threshold: nothing is above it. */
function isNotReached(reason: Reason, { isWarning }: ReasonFacts): boolean {
  return reason === 'above_threshold' && isWarning === true;
}

function exactSentence(reason: Reason, facts: ReasonFacts): ReactNode | null {
  const { available, threshold, currency, sent, max, nextAt, inactivityDays, debt, percent } = facts;
  if (reason === 'above_threshold' && debt && currency) {
    const owed = <Money value={{ amount: debt, currency }} />;
    return percent
      ? rich('ui.reason.above_threshold.share', { debt: owed, percent })
      : rich('ui.reason.above_threshold.debt', {
          debt: owed,
          threshold: <Money value={{ amount: threshold ?? '0', currency }} />,
        });
  }
  if (reason === 'above_threshold' && available && threshold && currency) {
    return rich('ui.reason.above_threshold.exact', {
      available: <Money value={{ amount: available, currency }} />,
      threshold: <Money value={{ amount: threshold, currency }} />,
    });
  }
  const isEmail = facts.action === undefined || facts.action === 'notify';
  if (reason === 'max_reached' && isEmail && typeof max === 'number')
    return t('ui.reason.max_reached.exact', { n: max });
  if (reason === 'not_inactive' && typeof inactivityDays === 'number') {
    return t('ui.reason.not_inactive.exact', { n: inactivityDays });
  }
  if (reason === 'period_not_elapsed' && nextAt) {
    return rich('ui.reason.period_not_elapsed.exact', { time: <Time at={nextAt} show="both" /> });
  }
  if (reason === 'waiting_for_check' && nextAt) {
    return rich('ui.reason.waiting_for_check.exact', { time: <Time at={nextAt} show="both" /> });
  }
  if (reason === 'silenced' && nextAt)
    return rich('ui.reason.silenced.exact', { time: <Time at={nextAt} show="both" /> });
  if (reason === 'sent' && isEmail && typeof sent === 'number' && typeof max === 'number') {
    return t('ui.reason.sent.exact', { n: sent, max });
  }
  return null;
}
