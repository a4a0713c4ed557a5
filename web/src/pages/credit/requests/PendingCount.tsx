import { Badge, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import { useChanges } from '../../../api/use-changes';
import { numberFormat } from '../../../i18n/intl';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { useCan } from '../../../session/rights';

/** How many credit requests wait for a decision, as it changes. */
export function PendingCount(): ReactNode {
  const { data, refetch } = useQuery({
    queryKey: keys.list('creditRequests', 'pending'),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/credit-requests', { params: { query: { status: ['pending'], limit: 1 } }, signal })),
    enabled: useCan()('listCreditRequests'),
  });
  useChanges('creditRequests', refetch);
  const n = data?.total ?? 0;
  if (n === 0) return null;
  return (
    <>
      <Badge size="sm" variant="filled" color="orange.9" aria-hidden>
        {numberFormat(intlLocale()).format(n)}
      </Badge>
      <VisuallyHidden>{t('credit.request.pending', { n })}</VisuallyHidden>
    </>
  );
}
