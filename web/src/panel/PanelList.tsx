import { Button, Group, Skeleton, Table } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../i18n/t';
import { EmptyState } from '../ui/EmptyState';
import { FailedState } from '../ui/FailedState';

interface PanelColumn<Row> {
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  readonly isNumber?: boolean;
}

interface PanelListProps<Row extends { readonly id: string }> {
  readonly name: string;
  readonly label: string;
  readonly read: (cursor: string | undefined) => Promise<{ readonly data: Row[]; readonly nextCursor: string | null }>;
  readonly columns: readonly PanelColumn<Row>[];
  readonly empty: { readonly icon: Icon; readonly title: string; readonly text: string };
}

/** Rows of the client, newest first, with more on demand. */
export function PanelList<Row extends { readonly id: string }>(props: PanelListProps<Row>): ReactNode {
  const { name, label, read, columns, empty } = props;
  const list = useInfiniteQuery({
    queryKey: ['panel', name],
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  if (list.isPending) return <Skeleton h={240} />;
  if (list.error) return <FailedState error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap(({ data }) => data);
  if (rows.length === 0) return <EmptyState {...empty} />;
  return (
    <>
      <Table aria-label={label} className="rows">
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ header, isNumber }) => (
              <Table.Th key={header} ta={isNumber ? 'right' : 'left'}>
                {header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              {columns.map(({ header, cell, isNumber }) => (
                <Table.Td key={header} data-label={header} ta={isNumber ? 'right' : 'left'}>
                  {cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {list.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('panel.more')}
          </Button>
        </Group>
      )}
    </>
  );
}
