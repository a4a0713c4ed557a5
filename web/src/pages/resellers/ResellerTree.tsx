import { ActionIcon, Alert, Anchor, Group, Skeleton, Table, Text } from '@mantine/core';
import { IconBuilding, IconBuildingStore, IconChevronDown, IconChevronRight, IconUserStar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { t } from '../../i18n/t';
import stacked from '../../ui/cells/stacked.module.css';
import { EmptyCell } from '../../ui/cells/EmptyCell';
import { FailedState } from '../../ui/FailedState';
import { treeQuery, type ResellerNode } from './queries';
import { balanceCell } from './resellers-list';

const icons = { operator: IconBuilding, reseller: IconBuildingStore, manager: IconUserStar };

interface Row {
  readonly node: ResellerNode;
  readonly level: number;
}

/** The rows that are shown: what is closed hides what is below it. */
function rowsOf(node: ResellerNode, closed: ReadonlySet<string>, level = 0): Row[] {
  const below = closed.has(node.id) ? [] : node.children.flatMap((child) => rowsOf(child, closed, level + 1));
  return [{ node, level }, ...below];
}

/** All resellers and managers of the caller, each below its parent. */
export function ResellerTree(): ReactNode {
  const { data, error, refetch } = useQuery(treeQuery);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={320} />;
  const toggle = (id: string): void =>
    setClosed((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
    );
  return (
    <>
      {data.truncated && <Alert mb="sm">{t('resellers.truncated')}</Alert>}
      <Table className={stacked['stacked']} aria-label={t('app.nav.resellers')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('common.name')}</Table.Th>
            <Table.Th>{t('resellers.email')}</Table.Th>
            <Table.Th ta="right">{t('resellers.clients')}</Table.Th>
            <Table.Th ta="right">{t('resellers.live')}</Table.Th>
            <Table.Th ta="right">{t('resellers.available')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rowsOf(data.root, closed).map(({ node, level }) => (
            <Table.Tr key={node.id}>
              <Table.Td>
                <NameCell node={node} level={level} isClosed={closed.has(node.id)} onToggle={() => toggle(node.id)} />
              </Table.Td>
              <Table.Td data-label={t('resellers.email')} style={{ overflowWrap: 'anywhere' }}>
                {node.email ?? <EmptyCell />}
              </Table.Td>
              <Table.Td ta="right" data-label={t('resellers.clients')}>
                {node.clients}
              </Table.Td>
              <Table.Td ta="right" data-label={t('resellers.live')}>
                {balanceCell(node, node.live)}
              </Table.Td>
              <Table.Td ta="right" data-label={t('resellers.available')}>
                {balanceCell(node, node.available)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

interface NameCellProps extends Row {
  readonly isClosed: boolean;
  readonly onToggle: () => void;
}

function NameCell({ node, level, isClosed, onToggle }: NameCellProps): ReactNode {
  const { id, name, kind, children } = node;
  const KindIcon = icons[kind];
  const Chevron = isClosed ? IconChevronRight : IconChevronDown;
  return (
    <Group gap={6} wrap="nowrap" pl={level * 20}>
      {children.length > 0 ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          aria-expanded={!isClosed}
          aria-label={t(isClosed ? 'resellers.expand' : 'resellers.collapse', { name })}
          onClick={onToggle}
        >
          <Chevron size={16} aria-hidden />
        </ActionIcon>
      ) : (
        <span style={{ width: 24, flexShrink: 0 }} />
      )}
      <KindIcon size={16} aria-hidden style={{ flexShrink: 0 }} />
      <Anchor component={Link} to={`/resellers/${id}`} size="sm" style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Anchor>
      {kind === 'manager' && (
        <Text size="xs" c="dimmed">
          {t('resellers.kind.manager')}
        </Text>
      )}
    </Group>
  );
}
