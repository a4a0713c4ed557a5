import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { rich } from '../../../../i18n/rich';
import { t } from '../../../../i18n/t';
import { Money } from '../../../../ui/text/Money';
import { Time } from '../../../../ui/text/Time';
import type { Timeline } from '../queries';

interface RunwaySentenceProps {
  readonly runway: NonNullable<Timeline['runway']>;
  readonly currency: string;
  readonly zone: string;
}

/** How long the money lasts, and how sure that is. */
export function RunwaySentence({ runway, currency, zone }: RunwaySentenceProps) {
  if (runway.status === 'unlimited') return null;
  return (
    <Text size="sm" component="p" m={0}>
      {sentence(runway, currency, zone)}
    </Text>
  );
}

function sentence(runway: RunwaySentenceProps['runway'], currency: string, zone: string): ReactNode {
  const { status, spendPerDay, emptyAt, confidence } = runway;
  const spend = spendPerDay === null ? null : <Money value={{ amount: spendPerDay, currency }} />;
  if (status === 'estimated' && emptyAt !== null && spend !== null) {
    return (
      <>
        {rich('client.runway.estimated', { time: <Time at={emptyAt} show="both" clientZone={zone} />, spend })}{' '}
        {confidence !== null && t(`client.runway.confidence.${confidence}`)}
      </>
    );
  }
  if (status === 'empty') return spend ? rich('client.runway.empty', { spend }) : t('client.runway.emptyOnly');
  if (status === 'no_charges') return t('client.runway.no_charges');
  return t('client.runway.short_history');
}
