import { Badge, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../api/client';
import { keys } from '../../api/keys';
import { useChanges } from '../../api/use-changes';
import { numberFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { useCan } from '../../session/rights';

const mostShown = 999;

/** How many events are open, as it changes; red while one of them is critical. */
export function OpenEventsCount(): ReactNode {
  const { data, refetch } = useQuery({
    queryKey: keys.list('events', 'open'),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/event-groups', { signal })),
    enabled: useCan()('listEventGroups'),
  });
  useChanges('events', refetch);
  const n = data?.total ?? 0;
  if (!data || n === 0) return null;
  const numbers = numberFormat(intlLocale());
  const isCritical = data.data.some(({ severity }) => severity === 'critical');
  return (
    <>
      <Badge size="sm" variant="filled" color={isCritical ? 'red.9' : 'dark.4'} aria-hidden>
        {n > mostShown ? `${numbers.format(mostShown)}+` : numbers.format(n)}
      </Badge>
      <VisuallyHidden>{t('events.open', { n })}</VisuallyHidden>
    </>
  );
}
