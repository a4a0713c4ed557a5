import { Anchor, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { EmptyCell } from '../../../ui/cells/EmptyCell';
import { FailedState } from '../../../ui/FailedState';
import { managersQuery, type Reseller } from '../queries';
import { ManagerLimits } from './ManagerLimits';

/** The managers of a reseller with their clients. */
export function ManagersTab({ reseller }: { readonly reseller: Reseller }): ReactNode {
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(managersQuery(reseller.id));
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={160} />;
  return (
    <Stack gap="md">
      <ManagerLimits />
      <Group>
        <ActionButton
          operation="createReseller"
          size="xs"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => void navigate(`/resellers/new?parent=${reseller.id}&kind=manager`)}
        >
          {t('resellers.newManager')}
        </ActionButton>
      </Group>
      {data.data.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('resellers.managers.none')}
        </Text>
      ) : (
        <Table aria-label={t('resellers.managers')}>
          <Table.Tbody>
            {data.data.map(({ id, name, email, clients }) => (
              <Table.Tr key={id}>
                <Table.Td>
                  <Anchor component={Link} to={`/resellers/${id}`} size="sm">
                    {name}
                  </Anchor>
                </Table.Td>
                <Table.Td>{email ?? <EmptyCell />}</Table.Td>
                <Table.Td>
                  <Anchor component={Link} to={`/clients?managerId=${id}`} size="sm">
                    {t('resellers.managers.clients', { n: clients })}
                  </Anchor>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}
