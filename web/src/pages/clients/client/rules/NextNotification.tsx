import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { rich } from '../../../../i18n/rich';
import { isKey, t } from '../../../../i18n/t';
import { useOnClock } from '../../../../ui/text/clock';
import { Time } from '../../../../ui/text/Time';
import type { ExplainedRule } from '../queries';

interface NextNotificationProps {
  readonly rule: ExplainedRule;
  readonly zone: string;
  readonly isGone: boolean;
}

/** When the rule can notify next, or what has to happen before it can. */
export function NextNotification({ rule, zone, isGone }: NextNotificationProps): ReactNode {
  const { nextPossibleAt, lastReason, reasonNow } = rule;
  const isDue = useOnClock((now) => (Date.parse(nextPossibleAt ?? '') <= now ? 1 : 0)) === 1;
  if (isGone) return <Quiet text={t('client.rules.never')} />;
  if (nextPossibleAt === null) {
    const key = [lastReason, reasonNow].map((reason) => `client.rules.next.${reason}`).find(isKey);
    return <Quiet text={t(key ?? 'client.rules.notNow')} />;
  }
  const isHealthy = lastReason === 'above_threshold';
  if (isDue) return isHealthy ? <Quiet text={t('client.rules.anyTime')} /> : t('client.rules.atOnce');
  const time = <Time at={nextPossibleAt} format="short" clientZone={zone} />;
  return (
    <>
      {isHealthy ? rich('client.rules.ifLow', { time }) : time}
      <Text size="xs" c="dimmed" component="div">
        <Time at={nextPossibleAt} show="relative" clientZone={zone} />
      </Text>
    </>
  );
}

function Quiet({ text }: { readonly text: string }) {
  return (
    <Text span size="sm" c="dimmed">
      {text}
    </Text>
  );
}
