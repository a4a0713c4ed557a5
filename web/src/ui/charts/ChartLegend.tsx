import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { intlLocale } from '../../i18n/language';
import classes from './ChartLegend.module.css';

interface LegendEntry {
  readonly name: string;
  readonly label: string;
  readonly color: string;
  /** what the colour comes to, where that is a number */
  readonly count?: number;
  readonly to?: string;
}

/** What the colours of a chart mean, and how much each comes to: nothing is told by colour alone. */
export function ChartLegend({ entries }: { readonly entries: readonly LegendEntry[] }): ReactNode {
  const numbers = new Intl.NumberFormat(intlLocale());
  return (
    <Group gap="sm" mt={4} component="ul" className={classes['legend']}>
      {entries.map(({ name, label, color, count, to }) => {
        const text = (
          <>
            <span className={classes['swatch']} style={{ background: color }} aria-hidden />
            {label}
            {count !== undefined && <b>{numbers.format(count)}</b>}
          </>
        );
        return (
          <li key={name}>
            {to === undefined ? (
              <span className={classes['entry']}>{text}</span>
            ) : (
              <Link className={classes['entry']} to={to}>
                {text}
              </Link>
            )}
          </li>
        );
      })}
    </Group>
  );
}
