import { Card, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { api, unwrap } from '../../api/client';
import { keys } from '../../api/keys';
import { t } from '../../i18n/t';
import { resolveTime } from '../../list/list-state';
import { useNow } from '../../ui/text/clock';
import { FailedState } from '../../ui/FailedState';
import { NotificationsOverTime } from '../../ui/charts/NotificationsOverTime';
import { ruleKinds } from '../../ui/text/notification-kind';
import { chartWindow } from './chart-window';

const height = 120;
const framed = 214;
/** The window moves along with the time, but not at every look. */
const pace = 300_000;
const filters = ['clientId', 'companyId', 'rule', 'status', 'deliveryStatus', 'kind', 'recipient', 'q'] as const;

/** The emails of the list over time, under the same filters; a bar narrows the list to its hour or day. */
export function NotificationsChart(): ReactNode {
  const [search] = useSearchParams();
  const now = useNow(pace);
  const asked = {
    from: instantOf(search.get('from'), now),
    to: instantOf(search.get('to'), now),
  };
  const window = chartWindow(asked, now);
  const query = {
    // As the address has them, for the server to check.
    ...Object.fromEntries([
      ['kind', ruleKinds],
      ...filters.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])),
    ]),
    step: window.step,
    from: new Date(window.from).toISOString(),
    to: new Date(window.to).toISOString(),
  };
  const { data, error, refetch } = useQuery({
    queryKey: keys.overview('mails', query),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/overview/series', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Card withBorder padding="sm">
        <Skeleton h={framed - 26} />
      </Card>
    );
  }
  const href = (changes: Readonly<Record<string, string>>): string => {
    const next = new URLSearchParams(search);
    next.delete('cursor');
    next.delete('page');
    for (const [name, value] of Object.entries(changes)) next.set(name, value);
    return `/notifications?${next.toString()}`;
  };
  return (
    <NotificationsOverTime
      title={titleOf(window.step, asked.from === null && asked.to === null)}
      series={data}
      height={height}
      hrefOf={(from, to) => href({ from, to })}
      picked={
        window.isWidened && asked.from !== null && asked.to !== null
          ? { from: new Date(asked.from).toISOString(), to: new Date(asked.to).toISOString() }
          : null
      }
    />
  );
}

function titleOf(step: 'hour' | 'day', isLately: boolean): string {
  if (step === 'day') return t('notifications.perDay');
  return t(isLately ? 'notifications.perHour.lately' : 'notifications.perHour');
}

function instantOf(text: string | null, now: number): number | null {
  if (!text) return null;
  const instant = Date.parse(resolveTime(text, now));
  return Number.isFinite(instant) ? instant : null;
}
