import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';
import { Money } from '../../../ui/text/Money';
import type { Timeline } from '../queries';
import { ruleName } from '../../../ui/text/rule-label';
import { eventLooks, eventsOf } from './events';
import { MarkerShape } from './MarkerShape';
import classes from './timeline.module.css';

/** Dashes by place, so that lines differ without colour. */
const dashes = ['6 3', '2 3', '10 3 2 3', '12 4', '4 2 1 2'] as const;
export const dashOf = (index: number): string => dashes[index % dashes.length] ?? dashes[0];

/** What the lines and the marks of the chart are; only what is drawn. */
export function Legend({ timeline }: { readonly timeline: Timeline }) {
  const { thresholds, currency, runway, available } = timeline;
  const looks = new Set(eventsOf(timeline).map(({ look }) => look));
  return (
    <Group gap="md" style={{ rowGap: 4 }} className={classes['chart']}>
      {thresholds.map(({ rule, source, value, original }, index) => (
        <Item key={rule} sample={<LineSample className={classes['threshold']} dash={dashOf(index)} />}>
          {/* The name of a warning is its amount. */}
          {source === 'warning' && original.percent === null ? t('client.rule.warning.short') : ruleName(rule)}{' '}
          {value === null ? (
            t('client.timeline.noRate')
          ) : original.currency === currency || original.value === null ? (
            <Money value={{ amount: value, currency }} />
          ) : (
            <>
              <Money value={{ amount: original.value, currency: original.currency }} />
              {' ≈ '}
              <Money value={{ amount: value, currency }} />
            </>
          )}
        </Item>
      ))}
      {available && runway?.status === 'estimated' && (
        <Item sample={<LineSample className={classes['projection']} dash="3 4" />}>
          {t('client.timeline.projection')}
        </Item>
      )}
      {eventLooks
        .filter((look) => looks.has(look))
        .map((look) => (
          <Item
            key={look}
            sample={
              <svg width={16} height={16} viewBox="-8 -8 16 16" aria-hidden>
                <MarkerShape look={look} />
              </svg>
            }
          >
            {t(`client.timeline.${look}`)}
          </Item>
        ))}
    </Group>
  );
}

function Item({ sample, children }: { readonly sample: ReactNode; readonly children: ReactNode }) {
  return (
    <Group gap={6} wrap="nowrap">
      {sample}
      <Text size="xs">{children}</Text>
    </Group>
  );
}

function LineSample({ className, dash }: { readonly className: string | undefined; readonly dash: string }) {
  return (
    <svg width={24} height={8} aria-hidden>
      <line x1={0} x2={24} y1={4} y2={4} className={className} strokeDasharray={dash} />
    </svg>
  );
}
