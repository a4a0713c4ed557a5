import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { useZone } from '../../i18n/zone';
import { useOnClock } from './clock';
import { relativeText, timeText, utcText, zoneText, type TimeStyle } from './time-text';

interface TimeProps {
  /** RFC 3339; null shows `never` */
  readonly at: string | null | undefined;
  /** the absolute time, the relative one, or both */
  readonly show?: 'absolute' | 'relative' | 'both';
  readonly format?: TimeStyle;
  /** the zone of the client that this is about */
  readonly clientZone?: string | null;
  /** shown where there is no time */
  readonly none?: string;
}

/** An instant in the chosen zone; the other spellings, UTC among them, on hover. */
export function Time({ at, show = 'absolute', format = 'minute', clientZone, none }: TimeProps): ReactNode {
  const zone = useZone(clientZone ?? null);
  const locale = intlLocale();
  const instant = at ? Date.parse(at) : Number.NaN;
  const relative = useOnClock((now) => (Number.isNaN(instant) ? '' : relativeText(instant, now, locale)));
  if (!at) return <>{none ?? t('common.never')}</>;
  const absolute = timeText(instant, zone, locale, format);
  return (
    <Tooltip
      multiline
      label={
        <>
          {timeText(instant, zone, locale, 'second')} {zoneText(instant, zone, locale)}
          <br />
          {utcText(instant)}
          <br />
          {relative}
        </>
      }
    >
      <time dateTime={at}>
        {show === 'relative' ? relative : absolute}
        {show === 'both' && ` (${relative})`}
      </time>
    </Tooltip>
  );
}
