import { readList } from '../../api/lists';
import { IconCalendarClock, IconCircleCheck, IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { serverNow } from '../../api/transport';
import { currencySource, userSource } from '../../form/sources';
import { t } from '../../i18n/t';
import type { ListDefinition } from '../../list/definition';
import { rateText } from '../../ui/text/rate-text';
import { Time } from '../../ui/text/Time';
import { ToneBadge } from '../../ui/badges/ToneBadge';
import { currentRatesQuery, pairKey, type Rate } from './rates-queries';

/** Every rate that was ever given, those to come among them. */
export const ratesList: ListDefinition<Rate> = {
  kind: 'rates',
  name: 'rates',
  title: 'rates.history',
  load: (query, signal) => readList('/v1/exchange-rates', query, signal),
  idOf: (rate) => `${pairKey(rate)}@${rate.at}`,
  nameOf: ({ from, to }) => t('rates.pair', { from, to }),
  sort: '-at',
  exportName: 'exchange-rates',
  columns: [
    {
      id: 'pair',
      label: 'rates.pairHead',
      isName: true,
      exportedAs: ['from', 'to'],
      render: ({ from, to }) => t('rates.pair', { from, to }),
    },
    {
      id: 'rate',
      label: 'rates.rate',
      align: 'right',
      render: ({ from, to, rate }) => t('rates.equation', { from, to, rate: rateText(rate) }),
    },
    { id: 'at', label: 'rates.from', sort: 'at', render: ({ at }) => <Time at={at} show="both" /> },
    { id: 'status', label: 'common.status', exported: false, render: (rate) => <RateStatus rate={rate} /> },
    { id: 'createdBy', label: 'rates.by', render: ({ createdBy }) => <Author id={createdBy} /> },
    { id: 'createdAt', label: 'rates.addedAt', optional: true, render: ({ createdAt }) => <Time at={createdAt} /> },
  ],
  filters: [
    { kind: 'reference', label: 'rates.fromCurrency', parameter: 'from', ...currencySource },
    { kind: 'reference', label: 'rates.toCurrency', parameter: 'to', ...currencySource },
  ],
};

function RateStatus({ rate }: { readonly rate: Rate }): ReactNode {
  const { data } = useQuery(currentRatesQuery);
  if (Date.parse(rate.at) > serverNow()) {
    return (
      <ToneBadge tone="blue" icon={IconCalendarClock}>
        {t('rates.status.scheduled')}
      </ToneBadge>
    );
  }
  const current = data?.data.find((other) => pairKey(other) === pairKey(rate));
  return current?.at === rate.at ? (
    <ToneBadge tone="green" icon={IconCircleCheck}>
      {t('rates.status.current')}
    </ToneBadge>
  ) : (
    <ToneBadge tone="gray" icon={IconHistory}>
      {t('rates.status.past')}
    </ToneBadge>
  );
}

/** Who gave it: a user by name, a program by its key. */
function Author({ id }: { readonly id: string }): ReactNode {
  const [kind, number = ''] = id.split(':');
  const { data } = useQuery({
    queryKey: ['options', userSource.searchKey, 'name', number],
    queryFn: ({ signal }) => userSource.read(number, signal),
    enabled: kind === 'user',
    staleTime: 60_000,
  });
  if (kind === 'key') return t('rates.byKey', { id: number });
  return data ?? id;
}
