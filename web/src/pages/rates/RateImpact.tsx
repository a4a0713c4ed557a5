import { Alert, List } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { serverNow } from '../../api/transport';
import { rich } from '../../i18n/rich';
import { t } from '../../i18n/t';
import { isRate, rateText } from '../../ui/text/rate-text';
import { Time } from '../../ui/text/Time';
import { currentRatesQuery, neededRatesQuery } from './rates-queries';
import { basisPoints, percentText, readRate, type RateValues } from './typed-rate';

/** A fifth more or less than before is rather a slip: digits, or the direction. */
const suspiciousPoints = 2000;

/** What the rate will do, before it is given. */
export function RateImpact({ values }: { readonly values: RateValues }): ReactNode {
  const { from, to, at } = values;
  const current = useQuery(currentRatesQuery).data?.data.find((rate) => rate.from === from && rate.to === to);
  const needed = useQuery(neededRatesQuery).data?.data.find((pair) => pair.from === from && pair.to === to);
  if (from === '' || to === '' || from === to) return null;
  const rate = readRate(values.rate);
  const points = current && isRate(rate) ? basisPoints(current.rate, rate) : null;
  const isOdd = points !== null && Math.abs(points) >= suspiciousPoints;
  const isLater = at !== '' && Date.parse(at) > serverNow();
  return (
    <Alert
      color={isOdd ? 'yellow' : 'blue'}
      variant="light"
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      p="sm"
      role="status"
      icon={isOdd ? <IconAlertTriangle aria-hidden /> : <IconInfoCircle aria-hidden />}
      title={t('rates.effect')}
    >
      <List size="sm" spacing={4}>
        <List.Item>
          {current
            ? rich('rates.effect.before', { rate: rateText(current.rate), since: <Time at={current.at} /> })
            : t('rates.effect.first', { from, to })}
          {points !== null && ` ${t('rates.effect.change', { change: percentText(points) })}`}
        </List.Item>
        {isOdd && <List.Item>{t('rates.effect.large')}</List.Item>}
        <List.Item>
          {needed
            ? t(isLater ? 'rates.effect.later' : 'rates.effect.now', { n: needed.clients, from, to })
            : t('rates.effect.none', { from, to })}
        </List.Item>
      </List>
    </Alert>
  );
}
