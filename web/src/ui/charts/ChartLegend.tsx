import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { numberFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import classes from './ChartLegend.module.css';

interface LegendEntry {
  readonly name: string;
  readonly label: ReactNode;
  readonly color: string;
  /** the dashes of a line (`stroke-dasharray`; empty: none); without it, the entry is an area or a bar */
  readonly dash?: string;
  /** what the color comes to, where that is a number */
  readonly count?: number;
  readonly to?: string;
}

/** What each line, area, or bar of a chart means, and how much each comes to: nothing is shown by color alone. */
export function ChartLegend({ entries }: { readonly entries: readonly LegendEntry[] }): ReactNode {
  const numbers = numberFormat(intlLocale());
  return (
    <Group gap="sm" mt={4} component="ul" className={classes['legend']}>
      {entries.map(({ name, label, color, dash, count, to }) => {
        const text = (
          <>
            {dash === undefined ? (
              <span className={classes['swatch']} style={{ background: color }} aria-hidden />
            ) : (
              <svg width={24} height={8} className={classes['line']} aria-hidden>
                <line x1={0} x2={24} y1={4} y2={4} style={{ stroke: color }} strokeWidth={2} strokeDasharray={dash} />
              </svg>
            )}
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
