import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { rich } from '../../i18n/rich';
import { t, type Key } from '../../i18n/t';
import { Money } from '../text/Money';
import { Time } from '../text/Time';
import { ToneBadge, type Tone } from './ToneBadge';

/** What makes the sentence precise, as far as it is known. */
export interface WhyFacts {
  readonly available?: string | null;
  readonly threshold?: string | null;
  readonly currency?: string | null;
  /** notifications that count toward Max qty, and Max qty */
  readonly sent?: number | null;
  readonly max?: number | null;
  /** when the rule can notify again, or the silence ends */
  readonly nextAt?: string | null;
  readonly inactivityDays?: number | null;
}

/** In the order in which the service decides. */
const looks = {
  off: { short: 'ui.why.off', sentence: 'ui.why.off.sentence', tone: 'gray' },
  paused: { short: 'ui.why.paused', sentence: 'ui.why.paused.sentence', tone: 'gray' },
  balance_unknown: { short: 'ui.why.balance_unknown', sentence: 'ui.why.balance_unknown.sentence', tone: 'blue' },
  unlimited: { short: 'ui.why.unlimited', sentence: 'ui.why.unlimited.sentence', tone: 'teal' },
  no_rate: { short: 'ui.why.no_rate', sentence: 'ui.why.no_rate.sentence', tone: 'red' },
  above_threshold: { short: 'ui.why.above_threshold', sentence: 'ui.why.above_threshold.sentence', tone: 'green' },
  not_inactive: { short: 'ui.why.not_inactive', sentence: 'ui.why.not_inactive.sentence', tone: 'gray' },
  no_recipients: { short: 'ui.why.no_recipients', sentence: 'ui.why.no_recipients.sentence', tone: 'red' },
  superseded: { short: 'ui.why.superseded', sentence: 'ui.why.superseded.sentence', tone: 'gray' },
  silenced: { short: 'ui.why.silenced', sentence: 'ui.why.silenced.sentence', tone: 'violet' },
  max_reached: { short: 'ui.why.max_reached', sentence: 'ui.why.max_reached.sentence', tone: 'orange' },
  period_not_elapsed: {
    short: 'ui.why.period_not_elapsed',
    sentence: 'ui.why.period_not_elapsed.sentence',
    tone: 'amber',
  },
  waiting_for_check: {
    short: 'ui.why.waiting_for_check',
    sentence: 'ui.why.waiting_for_check.sentence',
    tone: 'amber',
  },
  sent: { short: 'ui.why.sent', sentence: 'ui.why.sent.sentence', tone: 'green' },
  send_failed: { short: 'ui.why.send_failed', sentence: 'ui.why.send_failed.sentence', tone: 'red' },
  send_uncertain: { short: 'ui.why.send_uncertain', sentence: 'ui.why.send_uncertain.sentence', tone: 'violet' },
} as const satisfies Readonly<Record<string, { short: Key; sentence: Key; tone: Tone }>>;

/** Why a rule did or did not notify. */
export type Reason = keyof typeof looks;

/** The reason of a verdict in one sentence. */
export function WhySentence({ reason, facts = {} }: { readonly reason: Reason; readonly facts?: WhyFacts }): ReactNode {
  return <>{exactSentence(reason, facts) ?? t(looks[reason].sentence)}</>;
}

/** The reason as a chip for tables, with the sentence on hover and for screen readers. */
export function Why({ reason, facts = {} }: { readonly reason: Reason; readonly facts?: WhyFacts }): ReactNode {
  const { short, tone } = looks[reason];
  return (
    <Tooltip multiline maw={360} label={<WhySentence reason={reason} facts={facts} />} events={onHoverAndFocus}>
      <span tabIndex={0}>
        <ToneBadge tone={tone}>{t(short)}</ToneBadge>
      </span>
    </Tooltip>
  );
}

const onHoverAndFocus = { hover: true, focus: true, touch: true };

function exactSentence(reason: Reason, facts: WhyFacts): ReactNode | null {
  const { available, threshold, currency, sent, max, nextAt, inactivityDays } = facts;
  if (reason === 'above_threshold' && available && threshold && currency) {
    return rich('ui.why.above_threshold.exact', {
      available: <Money value={{ amount: available, currency }} />,
      threshold: <Money value={{ amount: threshold, currency }} />,
    });
  }
  if (reason === 'max_reached' && typeof max === 'number') return t('ui.why.max_reached.exact', { n: max });
  if (reason === 'not_inactive' && typeof inactivityDays === 'number') {
    return t('ui.why.not_inactive.exact', { n: inactivityDays });
  }
  if (reason === 'period_not_elapsed' && nextAt) {
    return rich('ui.why.period_not_elapsed.exact', { time: <Time at={nextAt} show="both" /> });
  }
  if (reason === 'waiting_for_check' && nextAt) {
    return rich('ui.why.waiting_for_check.exact', { time: <Time at={nextAt} show="both" /> });
  }
  if (reason === 'silenced' && nextAt) return rich('ui.why.silenced.exact', { time: <Time at={nextAt} show="both" /> });
  if (reason === 'sent' && typeof sent === 'number' && typeof max === 'number') {
    return t('ui.why.sent.exact', { n: sent, max });
  }
  return null;
}
