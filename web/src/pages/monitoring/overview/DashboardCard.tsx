import { Card, Skeleton } from '@mantine/core';
import { useQuery, type UseQueryOptions } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FailedState } from '../../../ui/FailedState';

interface PartProps<Data, Key extends readonly unknown[]> {
  readonly query: UseQueryOptions<Data, Error, Data, Key>;
  /** as high as its later content, so that nothing jumps */
  readonly height: number;
  readonly children: (data: Data) => ReactNode;
}

/** One part of the page: it waits and fails alone. */
export function DashboardCard<Data, Key extends readonly unknown[]>({
  query,
  height,
  children,
}: PartProps<Data, Key>): ReactNode {
  const { data, error, refetch } = useQuery(query);
  if (data !== undefined) return children(data);
  return (
    <Card withBorder padding="sm" mih={height}>
      {error ? <FailedState error={error} onRetry={() => void refetch()} /> : <Skeleton h={height - 26} />}
    </Card>
  );
}
