import { Button, Group, Skeleton, Table, VisuallyHidden } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { UserSession } from '../../../api/types';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import { Time } from '../../../ui/text/Time';
import { ToneBadge } from '../../../ui/badges/ToneBadge';
import { toastDone, toastFailure } from '../../../ui/toast';
import { browserName } from './browser-name';
import { Panel } from './Panel';

export function Sessions() {
  const { data, error, refetch } = useQuery({
    queryKey: keys.mySessions,
    queryFn: ({ signal }) => unwrap(api.GET('/v1/me/sessions', { signal })),
  });
  return (
    <Panel title={t('me.sessions')}>
      {error && <FailedState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton h={108} />}
      {data && (
        <Table.ScrollContainer minWidth={560}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('me.session.browser')}</Table.Th>
                <Table.Th>{t('me.session.address')}</Table.Th>
                <Table.Th>{t('me.session.created')}</Table.Th>
                <Table.Th>{t('me.session.lastSeen')}</Table.Th>
                <Table.Th>
                  <VisuallyHidden>{t('common.actions')}</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.data.map((session) => (
                <SessionRow key={session.id} session={session} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Panel>
  );
}

function SessionRow({ session }: { readonly session: UserSession }) {
  const { id, current, address, agent, createdAt, lastSeenAt } = session;
  const queries = useQueryClient();
  const browser = browserName(agent) ?? t('me.session.unknown');
  const end = useMutation({
    mutationFn: () => unwrap(api.DELETE('/v1/me/sessions/{id}', { params: { path: { id } } })),
    onSuccess: () => toastDone(t('me.session.ended')),
    onError: toastFailure,
    onSettled: () => queries.invalidateQueries({ queryKey: keys.mySessions }),
  });
  return (
    <Table.Tr>
      <Table.Td title={agent ?? undefined}>
        <Group gap="xs">
          {browser}
          {current && <ToneBadge tone="teal">{t('me.session.current')}</ToneBadge>}
        </Group>
      </Table.Td>
      <Table.Td>{address}</Table.Td>
      <Table.Td>
        <Time at={createdAt} />
      </Table.Td>
      <Table.Td>
        <Time at={lastSeenAt} show="relative" />
      </Table.Td>
      <Table.Td ta="right">
        {!current && (
          <Button
            size="compact-sm"
            variant="default"
            loading={end.isPending}
            onClick={() => end.mutate()}
            aria-label={t('me.session.endOf', { browser, address })}
          >
            {t('me.session.end')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
