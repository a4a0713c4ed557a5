import { Anchor, Drawer, Skeleton, Text } from '@mantine/core';
import { IconPhone, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, unwrapVersioned } from '../../../../api/client';
import { keys } from '../../../../api/keys';
import { rich } from '../../../../i18n/rich';
import { t } from '../../../../i18n/t';
import type { ListDefinition } from '../../../../list/definition';
import { List } from '../../../../list/List';
import { useOpenItem } from '../../../../list/use-open-item';
import { ActionButton } from '../../../../session/ActionButton';
import { useCan } from '../../../../session/rights';
import { FailedState } from '../../../../ui/FailedState';
import { Money } from '../../../../ui/text/Money';
import { AccountForm } from '../dialogs/AccountForm';
import type { Client } from '../queries';
import { accountsList, type Account, type AccountsPage } from './accounts-list';

const fresh = 'new';

/** The accounts under the client, with what they have. `&account=7` opens one, `&account=new` adds one. */
export function AccountsTab({ client }: { readonly client: Client }): ReactNode {
  const [shown, show] = useOpenItem('account');
  const close = (): void => show(null);
  const definition = useMemo(() => withParts(client.currency), [client.currency]);
  const add = (
    <ActionButton
      operation="createAccount"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      blocked={client.status === 'deleted' ? t('client.headline.deleted') : null}
      onClick={() => show(fresh)}
    >
      {t('accounts.new')}
    </ActionButton>
  );
  return (
    <>
      <List
        definition={definition}
        prefix="a."
        fixed={{ clientId: client.id }}
        onOpen={({ id }) => show(id)}
        actions={add}
        empty={{ icon: IconPhone, title: t('accounts.none'), text: t('accounts.none.text'), action: add }}
      />
      <Drawer
        opened={shown !== null}
        onClose={close}
        position="right"
        size="md"
        title={t(shown === fresh ? 'accounts.new' : 'accounts.one')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {shown === fresh && <AccountForm client={client} account={null} etag="" onClose={close} />}
        {shown !== null && shown !== fresh && <Opened key={shown} id={shown} client={client} onClose={close} />}
      </Drawer>
    </>
  );
}

interface OpenedProps {
  readonly id: string;
  readonly client: Client;
  readonly onClose: () => void;
}

function Opened({ id, client, onClose }: OpenedProps): ReactNode {
  const can = useCan();
  const { data, error, refetch } = useQuery({
    queryKey: keys.one('accounts', id, 'form'),
    queryFn: ({ signal }) => unwrapVersioned(api.GET('/v1/accounts/{id}', { params: { path: { id } }, signal })),
    staleTime: 0,
    gcTime: 0,
  });
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={320} role="status" aria-label={t('common.loading')} />;
  return (
    <>
      {can('listTransfers') && (
        <Text size="sm" mb="sm">
          <Anchor component={Link} to={`/transfers?transfer=new&source=${id}`} size="sm" mr="md">
            {t('accounts.transferFrom')}
          </Anchor>
          <Anchor component={Link} to={`/transfers?clientId=${client.id}`} size="sm">
            {t('accounts.transfers')}
          </Anchor>
        </Text>
      )}
      <AccountForm client={client} account={data.value} etag={data.etag} onClose={onClose} />
    </>
  );
}

function withParts(currency: string): ListDefinition<Account> {
  return {
    ...accountsList,
    include: 'parts',
    summary({ parts }: AccountsPage) {
      if (!parts) return null;
      return (
        <Text size="sm" c="dimmed" component="div" role="status" aria-label={t('accounts.parts')}>
          {rich('accounts.parts.text', {
            common: <Money value={{ amount: parts.common, currency }} />,
            accounts: <Money value={{ amount: parts.accounts, currency }} />,
          })}
        </Text>
      );
    },
  };
}
