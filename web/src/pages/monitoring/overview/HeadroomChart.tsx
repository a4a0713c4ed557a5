import { Anchor, Text } from '@mantine/core';
import { lazy, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { numberFormat } from '../../../i18n/intl';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { aboveColor, belowColor } from '../../../ui/charts/chart-colors';
import { ChartFrame } from '../../../ui/charts/ChartFrame';
import { ChartLegend } from '../../../ui/charts/ChartLegend';
import type { Headroom } from './queries';

const StackedChart = lazy(() => import('../../../ui/charts/StackedChart'));

type Bar = Headroom['bars'][number];

interface HeadroomChartProps {
  readonly currency: string | null;
  readonly headroom: Headroom | null;
  readonly height: number;
}

/** How far clients of one currency are from their nearest threshold, in percent of it. */
export function HeadroomChart({ currency, headroom, height }: HeadroomChartProps): ReactNode {
  const navigate = useNavigate();
  const bars = headroom?.bars ?? [];
  const isEmpty = bars.every(({ clients }) => clients === 0);
  const labels = bars.map(barText);
  const sum = (below: boolean): number =>
    bars.filter((bar) => isBelow(bar) === below).reduce((all, { clients }) => all + clients, 0);
  const series = [
    {
      ...{ name: 'below', label: t('overview.headroom.below'), color: belowColor, count: sum(true) },
      to: hrefOf({ fromPercent: null, toPercent: 0 }, currency),
    },
    {
      ...{ name: 'above', label: t('overview.headroom.above'), color: aboveColor, count: sum(false) },
      to: hrefOf({ fromPercent: 0, toPercent: null }, currency),
    },
  ];
  return (
    <ChartFrame
      title={currency === null ? t('overview.headroom') : t('overview.headroom.in', { currency })}
      height={height}
      footer={
        <>
          {!isEmpty && <ChartLegend entries={series} />}
          {headroom && headroom.withoutThreshold > 0 && (
            <Text size="xs" c="dimmed" mt={2}>
              {t('overview.headroom.without', { n: headroom.withoutThreshold })}
            </Text>
          )}
        </>
      }
      table={() => ({
        columns: [t('overview.headroom.range'), t('overview.headroom.clients')],
        rows: bars.map((bar, index) => [
          <Anchor key="range" component={Link} to={hrefOf(bar, currency)} size="sm">
            {labels[index]}
          </Anchor>,
          bar.clients,
        ]),
      })}
    >
      {isEmpty ? (
        <Text size="sm" c="dimmed" ta="center" pt={height / 3}>
          {t('overview.headroom.none')}
        </Text>
      ) : (
        <StackedChart
          height={height}
          rows={bars.map((bar, index) => ({
            key: labels[index] ?? '',
            counts: { [isBelow(bar) ? 'below' : 'above']: bar.clients },
          }))}
          series={series}
          tickOf={(key) => key}
          titleOf={(key) => t('overview.headroom.of', { range: key })}
          onPick={(index) => {
            const bar = bars[index];
            if (bar) void navigate(hrefOf(bar, currency));
          }}
        />
      )}
    </ChartFrame>
  );
}

const isBelow = ({ toPercent }: Bar): boolean => toPercent !== null && toPercent <= 0;

function barText({ fromPercent, toPercent }: Bar): string {
  const number = (value: number): string => numberFormat(intlLocale()).format(value).replace('-', '\u2212');
  if (fromPercent === null) return `< ${number(toPercent ?? 0)}%`;
  return toPercent === null ? `≥ ${number(fromPercent)}%` : `${number(fromPercent)}…${number(toPercent)}%`;
}

function hrefOf({ fromPercent, toPercent }: Pick<Bar, 'fromPercent' | 'toPercent'>, currency: string | null): string {
  const query = new URLSearchParams({
    status: 'active',
    ...(currency !== null && { currency }),
    ...(fromPercent !== null && { headroomFrom: String(fromPercent) }),
    ...(toPercent !== null && { headroomTo: String(toPercent) }),
  });
  return `/clients?${query.toString()}`;
}
