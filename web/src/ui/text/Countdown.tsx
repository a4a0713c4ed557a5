import type { ReactNode } from 'react';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { useNow } from './clock';
import { clockText, durationText } from './duration-text';
import { Time } from './Time';
import { toneText } from '../badges/ToneBadge';

interface CountdownProps {
  readonly to: string;
  readonly clientZone?: string | null;
  /** how late something may be before it is called so; a worker needs a moment too */
  readonly graceMs?: number;
  /** who is to blame once it is late */
  readonly overdue?: ReactNode;
}

const pace = 1000;
const defaultGrace = 60_000;

/** Counts down on the server's time: `5 hr 12 min`, `12:33`, then `due now`, then how long it is overdue. */
export function Countdown({ to, clientZone, graceMs = defaultGrace, overdue }: CountdownProps): ReactNode {
  const left = Date.parse(to) - useNow(pace);
  return (
    <span>
      {/* Read out once, as a time: a clock that is announced every second is no help. */}
      <span aria-hidden style={{ fontVariantNumeric: 'tabular-nums' }}>
        <Left left={left} graceMs={graceMs} />
      </span>{' '}
      <span>
        (<Time at={to} format="short" clientZone={clientZone ?? null} />)
      </span>
      {left < -graceMs && overdue && <> {overdue}</>}
    </span>
  );
}

function Left({ left, graceMs }: { readonly left: number; readonly graceMs: number }): ReactNode {
  if (left > 0) return clockText(left, intlLocale());
  if (left >= -graceMs) return t('ui.countdown.due');
  return <span {...toneText('red')}>{t('ui.countdown.overdue', { time: durationText(-left, intlLocale()) })}</span>;
}
