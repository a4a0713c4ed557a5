import { Group, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import classes from './HeadroomBar.module.css';
import { compareAmounts, moneyText, roundAmount, subtractAmounts } from '../text/money-text';

interface HeadroomBarProps {
  readonly available: string;
  /** the nearest threshold, in the same currency */
  readonly threshold: string;
  readonly currency: string;
  /** the threshold was converted, and is rounded */
  readonly isApproximate?: boolean;
}

/** How far a balance is from its nearest threshold, which is in the middle of the bar. */
export function HeadroomBar({ available, threshold, currency, isApproximate = false }: HeadroomBarProps): ReactNode {
  const low = compareAmounts(available, threshold) < 0;
  const exact = low ? subtractAmounts(threshold, available) : subtractAmounts(available, threshold);
  const distance = isApproximate ? roundAmount(exact, '0', currency) : exact;
  const variables = {
    amount: moneyText(distance, currency, intlLocale()),
    threshold: moneyText(threshold, currency, intlLocale()),
  };
  const side = low ? 'below' : 'above';
  const text = t(isApproximate ? `ui.headroom.${side}.about` : `ui.headroom.${side}`, variables);
  return (
    <Tooltip label={text}>
      <Group gap={6} wrap="nowrap" role="img" aria-label={text} w="fit-content">
        <div className={classes['bar']}>
          <div
            className={classes['fill']}
            data-low={low || undefined}
            style={{ width: `${shareOf(available, threshold)}%` }}
          />
          <div className={classes['threshold']} />
        </div>
      </Group>
    </Tooltip>
  );
}

/**
 * Pixels only: here, and nowhere else, an amount becomes a float. A threshold of zero or less has no scale.
 */
function shareOf(available: string, threshold: string): number {
  const [have, need] = [Number.parseFloat(available), Number.parseFloat(threshold)];
  const scale = need === 0 ? 100 : Math.abs(need);
  return Math.max(2, Math.min(100, 50 + ((have - need) / scale) * 50));
}
