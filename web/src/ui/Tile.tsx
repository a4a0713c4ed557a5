import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './Tile.module.css';
import { toneText, type Tone } from './badges/ToneBadge';

interface TileProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly hint?: ReactNode;
  readonly icon?: Icon;
  /** only where the value needs attention */
  readonly tone?: Tone;
  /** the filtered list that the value counts */
  readonly to?: string;
}

/** One number of an overview, and the way to what it counts. */
export function Tile({ label, value, hint, icon: TileIcon, tone, to }: TileProps): ReactNode {
  const toned = tone && toneText(tone);
  const content = (
    <>
      <div className={classes['label']}>
        {TileIcon && <TileIcon size={16} aria-hidden />}
        {label}
      </div>
      <div data-tone={toned?.['data-tone']} className={`${classes['value']} ${toned?.className ?? ''}`}>
        {value}
      </div>
      {hint && <div className={classes['hint']}>{hint}</div>}
    </>
  );
  return to === undefined ? (
    <div className={classes['tile']}>{content}</div>
  ) : (
    <Link to={to} className={classes['tile']}>
      {content}
    </Link>
  );
}
