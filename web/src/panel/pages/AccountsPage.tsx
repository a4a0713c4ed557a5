import { Button, Group, Select, Skeleton, Stack, Table, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconArrowsLeftRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../api/client';
import { randomId } from '../../api/random-id';
import type { components } from '../../api/schema';
import { t } from '../../i18n/t';
import { EmptyState } from '../../ui/EmptyState';
import { FailedState } from '../../ui/FailedState';
import { Money } from '../../ui/text/Money';
import { Time } from '../../ui/text/Time';
import { toastDone } from '../../ui/toast';
import { faultsOf } from '../faults';
import { PanelCard } from '../PanelCard';
import { PanelList } from '../PanelList';
import { PanelPage } from '../PanelPage';
import { usePanelSession } from '../session-context';

type Account = components['schemas']['PanelAccount'];
type Transfer = components['schemas']['PanelTransfer'];

/** The accounts of the client, and transfers between them. */
export function AccountsPage() {
  const accounts = useQuery({
    queryKey: ['panel', 'accounts'],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/panel/accounts', { signal })),
  });
  const { client } = usePanelSession();
  const { data } = accounts;
  return (
    <PanelPage title={t('panel.accounts')}>
      {accounts.isPending && <Skeleton h={200} />}
      {accounts.error && <FailedState error={accounts.error} onRetry={() => void accounts.refetch()} />}
      {data?.data.length === 0 && (
        <EmptyState icon={IconArrowsLeftRight} title={t('panel.noAccounts')} text={t('panel.noAccountsText')} />
      )}
      {data && data.data.length > 0 && <AccountsTable accounts={data.data} currency={client.currency} />}
      {data && data.data.length > 1 && client.status === 'active' && <TransferForm accounts={data.data} />}
      {data && data.data.length > 0 && <Transfers />}
    </PanelPage>
  );
}

function AccountsTable({ accounts, currency }: { readonly accounts: readonly Account[]; readonly currency: string }) {
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table aria-label={t('panel.accounts')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('panel.account')}</Table.Th>
            <Table.Th>{t('panel.kind')}</Table.Th>
            <Table.Th ta="right">{t('panel.balance')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {accounts.map(({ id, externalId, kind, balance: amount }) => (
            <Table.Tr key={id}>
              <Table.Td>{externalId}</Table.Td>
              <Table.Td>{t(`panel.accountKind.${kind}`)}</Table.Td>
              <Table.Td ta="right">
                <Money value={{ amount, currency }} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function TransferForm({ accounts }: { readonly accounts: readonly Account[] }): ReactNode {
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { fromAccountId: '', toAccountId: '', amount: '' },
    validate: {
      fromAccountId: required,
      toAccountId: required,
      amount: required,
    },
  });
  const send = useMutation({
    mutationFn: (body: { fromAccountId: string; toAccountId: string; amount: string }) =>
      unwrap(api.POST('/v1/panel/transfers', { params: { header: { 'idempotency-key': randomId() } }, body })),
    onSuccess() {
      form.reset();
      toastDone(t('panel.transferred'));
      void queries.invalidateQueries({ queryKey: ['panel'] });
    },
    onError(error) {
      form.setErrors(faultsOf(error, Object.keys(form.values)));
    },
  });
  const options = accounts
    .filter(({ kind, blocked }) => kind !== 'subordinate' && !blocked)
    .map(({ id, externalId }) => ({ value: id, label: externalId }));
  return (
    <PanelCard title={t('panel.transfer')}>
      <form onSubmit={form.onSubmit((body) => send.mutate(body))} noValidate>
        <Stack gap="md">
          <Select label={t('panel.fromAccount')} data={options} {...form.getInputProps('fromAccountId')} />
          <Select label={t('panel.toAccount')} data={options} {...form.getInputProps('toAccountId')} />
          <TextInput label={t('panel.amount')} inputMode="decimal" {...form.getInputProps('amount')} />
          <Group justify="flex-end">
            <Button type="submit" loading={send.isPending}>
              {t('panel.transferAction')}
            </Button>
          </Group>
        </Stack>
      </form>
    </PanelCard>
  );
}

const required = (text: string): string | null => (text === '' ? t('common.required') : null);

function Transfers(): ReactNode {
  return (
    <PanelCard title={t('panel.transfers')}>
      <PanelList<Transfer>
        name="transfers"
        label={t('panel.transfers')}
        read={(cursor) => unwrap(api.GET('/v1/panel/transfers', { params: { query: { ...(cursor && { cursor }) } } }))}
        columns={[
          { header: t('panel.date'), cell: ({ at }) => <Time at={at} /> },
          { header: t('panel.fromAccount'), cell: ({ fromAccount }) => fromAccount },
          { header: t('panel.toAccount'), cell: ({ toAccount }) => toAccount },
          {
            header: t('panel.amount'),
            isNumber: true,
            cell: ({ amount, currency }) => <Money value={{ amount, currency }} />,
          },
        ]}
        empty={{ icon: IconArrowsLeftRight, title: t('panel.noTransfers'), text: t('panel.noTransfersText') }}
      />
    </PanelCard>
  );
}
