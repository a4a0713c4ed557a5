import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { serverNow } from '../../api/transport';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { useZone } from '../../i18n/zone';
import { useNow } from './clock';
import { relativeText, timeText, utcText, zoneText, type TimeStyle } from './time-text';

interface TimeProps {
  /** RFC 3339; null shows `never` */
  readonly at: string | null | undefined;
  /** the absolute time, the relative one, or both */
  readonly show?: 'absolute' | 'relative' | 'both';
  readonly format?: TimeStyle;
  /** the zone of the client that this is about */
  readonly clientZone?: string | null;
  /** what stands where there is no time */
  readonly none?: string;
}

const relativePace = 15_000;

/** An instant in the chosen zone; the other spellings, UTC among them, on hover. */
export function Time({ at, show = 'absolute', format = 'minute', clientZone, none }: TimeProps): ReactNode {
  const zone = useZone(clientZone ?? null);
  const now = useNow(relativePace);
  if (!at) return <>{none ?? t('common.never')}</>;
  const instant = Date.parse(at);
  const locale = intlLocale();
  const absolute = timeText(instant, zone, locale, format);
  // The shared clock lags up to a step behind: what has happened since its last step is now, not to come.
  const hasJustBeen = instant > now && instant <= serverNow();
  const relative = relativeText(instant, hasJustBeen ? instant : now, locale);
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
