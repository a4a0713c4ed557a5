import type { ReactNode } from 'react';
import { rich } from '../../../../i18n/rich';
import { t } from '../../../../i18n/t';
import { useOnClock } from '../../../../ui/text/clock';
import { ruleName } from '../../../../ui/text/rule-label';
import { Time } from '../../../../ui/text/Time';
import type { ExplainedRule, Explanation } from '../queries';

interface NextStepProps {
  readonly explanation: Explanation;
  readonly zone: string;
}

/** What happens next to a client that is low, by the rule that the sentence is about; null: there is nothing to say. */
export function nextStepOf({ explanation, zone }: NextStepProps): ReactNode | null {
  const { headline, rules, silences } = explanation;
  if (!headline?.low) return null;
  const rule = rules.find(({ key }) => key === headline.rule);
  if (headline.waitsUntil !== null) {
    const time = <Time at={headline.waitsUntil} format="short" clientZone={zone} />;
    return rich('client.headline.waiting', { rule: ruleName(headline.rule), time });
  }
  if (!rule) return null;
  if (rule.silencedUntil !== null && silences.every((silence) => silence.rule !== null)) {
    return rich('client.headline.ruleSilenced', {
      time: <Time at={rule.silencedUntil} format="short" clientZone={zone} />,
    });
  }
  if (rule.lastReason === 'max_reached') return t('client.headline.maxReached');
  if (rule.lastReason === 'no_recipients') return t('client.headline.noRecipients');
  if (rule.nextPossibleAt === null || rule.silencedUntil !== null) return null;
  return <Possible rule={rule} at={rule.nextPossibleAt} zone={zone} />;
}

/** Nothing once the instant has come: the monitor evaluates then. */
function Possible({ at, zone }: { readonly rule: ExplainedRule; readonly at: string; readonly zone: string }) {
  const isDue = useOnClock((now) => (Date.parse(at) <= now ? 1 : 0)) === 1;
  if (isDue) return t('client.headline.nextNow');
  return rich('client.headline.nextNotification', { time: <Time at={at} format="short" clientZone={zone} /> });
}
