import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { listFormat } from '../../../../i18n/intl';
import { intlLocale } from '../../../../i18n/language';
import { t } from '../../../../i18n/t';
import { ChartLegend } from '../../../../ui/charts/ChartLegend';
import { Money } from '../../../../ui/text/Money';
import { roundAmount } from '../../../../ui/text/money-text';
import { ruleName } from '../../../../ui/text/rule-label';
import type { Timeline } from '../queries';
import { eventLooks, eventsOf } from './events';
import { MarkerShape } from './MarkerShape';
import { thresholdLines, type ThresholdLine } from './threshold-lines';
import classes from './timeline.module.css';

type Threshold = Timeline['thresholds'][number];

interface LegendProps {
  readonly timeline: Timeline;
  readonly hasProjection: boolean;
}

/** What the lines and the marks of the chart are; an entry for each that is drawn. */
export function Legend({ timeline, hasProjection }: LegendProps) {
  const looks = new Set(eventsOf(timeline).map(({ look }) => look));
  const undrawn = timeline.thresholds.filter(({ value }) => value === null);
  return (
    <div className={classes['chart']}>
      {timeline.available && (
        <ChartLegend
          entries={[
            { name: 'available', label: t('client.balance.available'), color: 'var(--line)', dash: '' },
            ...thresholdLines(timeline.thresholds).map((line) => ({
              name: line.value,
              label: <LineLabel line={line} timeline={timeline} />,
              color: line.color,
              dash: line.dash,
            })),
            ...(hasProjection
              ? [{ name: 'projection', label: t('client.timeline.projection'), color: 'var(--line)', dash: '3 4' }]
              : []),
          ]}
        />
      )}
      {undrawn.length > 0 && (
        <Text size="xs" c="dimmed">
          {namesOf(undrawn)} {t('client.timeline.noRate')}
        </Text>
      )}
      <Group gap="md" style={{ rowGap: 4 }} mt={4}>
        {eventLooks
          .filter((look) => looks.has(look) && look !== 'charges')
          .map((look) => (
            <Group key={look} gap={6} wrap="nowrap">
              <svg width={16} height={16} viewBox="-8 -8 16 16" aria-hidden>
                <MarkerShape look={look} />
              </svg>
              <Text size="xs">{t(`client.timeline.${look}`)}</Text>
            </Group>
          ))}
      </Group>
    </div>
  );
}

/** `User notification and Client notification 100.00 USD` */
function LineLabel({ line, timeline }: { readonly line: ThresholdLine; readonly timeline: Timeline }): ReactNode {
  const { currency, available } = timeline;
  const converted = line.thresholds.find(({ original }) => original.value !== null && original.currency !== currency);
  return (
    <span>
      {namesOf(line.thresholds)}{' '}
      {converted?.original.value ? (
        <>
          <Money value={{ amount: converted.original.value, currency: converted.original.currency }} />
          {' ≈ '}
          <Money value={{ amount: roundAmount(line.value, available?.closing ?? '0', currency), currency }} />
        </>
      ) : (
        <Money value={{ amount: line.value, currency }} />
      )}
    </span>
  );
}

export function namesOf(thresholds: readonly Threshold[]): string {
  return listFormat(intlLocale(), { type: 'conjunction' }).format(thresholds.map(nameOf));
}

/** The name of a warning is its amount, unless that is a debt: the line is at what is available then. */
function nameOf({ rule, source, value, original }: Threshold): string {
  const isAmount = source === 'warning' && original.percent === null && original.value === value;
  return isAmount ? t('client.rule.warning.short') : ruleName(rule);
}
