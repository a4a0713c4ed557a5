import '../../../../i18n/late/rateTables';
import { Drawer, Skeleton, Tabs } from '@mantine/core';
import { IconEdit, IconPhoneCall, IconPlus, IconSend, IconTrash, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { api, etagOf, unwrap } from '../../../../api/client';
import { ConfirmDialog } from '../../../../form/dialogs/ConfirmDialog';
import { t } from '../../../../i18n/t';
import { List } from '../../../../list/List';
import { RateNotifications } from '../../../../list/rate-notifications/RateNotifications';
import { ActionButton } from '../../../../session/ActionButton';
import { useCan } from '../../../../session/rights';
import { FailedState } from '../../../../ui/FailedState';
import { EntityFailure } from '../../../../ui/page/EntityFailure';
import { PageHeader } from '../../../../ui/PageHeader';
import { ScrollTabsList } from '../../../../ui/tabs/ScrollTabsList';
import { Time } from '../../../../ui/text/Time';
import { rateTableQuery, reasonOf, tableRateQuery, useRatesSaved, type RateTable } from '../queries';
import { TableForm } from '../TableForm';
import { RateActions } from './RateActions';
import { RateForm } from './RateForm';
import { ratesList } from './rates-list';

const back = { to: '/rate-tables', label: t('app.nav.rateTables') };

/** A rate table: its rates with their history. `?rate=7` shows the form of one next to them. */
export default function RateTablePage(): ReactNode {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(rateTableQuery(id));
  if (error && !data) {
    return (
      <EntityFailure
        error={error}
        onRetry={() => void refetch()}
        back={back}
        missing={t('rateTables.missing')}
        missingText={t('rateTables.missingText', { id })}
      />
    );
  }
  return data ? <Table table={data} /> : <Skeleton h={420} />;
}

const fresh = 'new';

function Table({ table }: { readonly table: RateTable }): ReactNode {
  const [parameters, setParameters] = useSearchParams();
  const can = useCan();
  const shown = parameters.get('rate');
  const set = (changed: Readonly<Record<string, string | null>>): void =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changed)) {
        if (value === null) after.delete(name);
        else after.set(name, value);
      }
      return after;
    });
  const close = (): void => set({ rate: null });
  const add = (
    <ActionButton
      operation="createTableRate"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => set({ rate: fresh })}
    >
      {t('rateTables.rate.new')}
    </ActionButton>
  );
  const tab = parameters.get('tab') === 'notifications' && can('listRateSubscriptions') ? 'notifications' : 'rates';
  return (
    <>
      <TableHeader table={table} />
      <Tabs
        value={tab}
        // Filters of one tab's list mean nothing on another.
        onChange={(next) => setParameters(next === 'notifications' ? { tab: next } : {})}
        keepMounted={false}
      >
        <ScrollTabsList mb="md">
          <Tabs.Tab value="rates">{t('rateTables.rates.tab')}</Tabs.Tab>
          {can('listRateSubscriptions') && <Tabs.Tab value="notifications">{t('rateTables.notifications')}</Tabs.Tab>}
        </ScrollTabsList>
        <Tabs.Panel value="notifications">
          <RateNotifications of={{ rateTableId: table.id }} />
        </Tabs.Panel>
        <Tabs.Panel value="rates">
          <List
            definition={ratesList}
            fixed={{ rateTableId: table.id }}
            onOpen={({ id }) => set({ rate: id })}
            rowActions={(row) => (
              <RateActions
                row={row}
                onHistory={({ code, timeProfile, policy }) => set({ code, timeProfile, policy, view: null, q: null })}
              />
            )}
            actions={add}
            empty={{
              icon: IconPhoneCall,
              title: t('rateTables.rates.empty'),
              text: t('rateTables.rates.emptyText'),
              action: add,
            }}
          />
        </Tabs.Panel>
      </Tabs>
      <Drawer
        opened={shown !== null}
        onClose={close}
        position="right"
        size="md"
        title={t(shown === fresh ? 'rateTables.rate.new' : 'rateTables.rate.edit')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {shown === fresh && <RateForm tableId={table.id} rate={null} etag={null} onClose={close} />}
        {shown !== null && shown !== fresh && <Existing key={shown} id={shown} tableId={table.id} onClose={close} />}
      </Drawer>
    </>
  );
}

interface ExistingProps {
  readonly id: string;
  readonly tableId: string;
  readonly onClose: () => void;
}

function Existing({ id, tableId, onClose }: ExistingProps): ReactNode {
  const { data, error, refetch } = useQuery(tableRateQuery(id));
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={420} />;
  return <RateForm tableId={tableId} rate={data.value} etag={data.etag} onClose={onClose} />;
}

function TableHeader({ table }: { readonly table: RateTable }): ReactNode {
  const { id, name, currency, clients, lastExportedAt } = table;
  const [asking, setAsking] = useState<'edit' | 'export' | 'delete' | null>(null);
  const navigate = useNavigate();
  const saved = useRatesSaved();
  const close = (): void => setAsking(null);
  const header = { 'If-Match': etagOf(table) };
  const recordExport = async (reason: string): Promise<void> => {
    await unwrap(
      api.POST('/v1/rate-tables/{id}/exports', { params: { path: { id }, header }, body: reasonOf(reason) }),
    );
    await saved(t('rateTables.exportRecorded'));
  };
  const remove = async (reason: string): Promise<void> => {
    await unwrap(api.DELETE('/v1/rate-tables/{id}', { params: { path: { id }, header, query: reasonOf(reason) } }));
    void navigate('/rate-tables');
    await saved(t('rateTables.deleted', { name }));
  };
  const lead = (
    <>
      {currency} · {t('rateTables.clients')}: {clients} · {t('rateTables.lastExport')}:{' '}
      {lastExportedAt === null ? t('rateTables.neverExported') : <Time at={lastExportedAt} />}
    </>
  );
  const button = { size: 'xs', variant: 'default' } as const;
  return (
    <>
      <PageHeader
        title={name}
        lead={lead}
        back={back}
        actions={
          <>
            <ActionButton
              {...button}
              operation="uploadRateImport"
              leftSection={<IconUpload size={16} aria-hidden />}
              onClick={() => void navigate(`/rate-tables/${id}/import`)}
            >
              {t('rateTables.import')}
            </ActionButton>
            <ActionButton
              {...button}
              operation="recordRateExport"
              leftSection={<IconSend size={16} aria-hidden />}
              onClick={() => setAsking('export')}
            >
              {t('rateTables.recordExport')}
            </ActionButton>
            <ActionButton
              {...button}
              operation="updateRateTable"
              leftSection={<IconEdit size={16} aria-hidden />}
              onClick={() => setAsking('edit')}
            >
              {t('rateTables.edit')}
            </ActionButton>
            <ActionButton
              {...button}
              operation="deleteRateTable"
              leftSection={<IconTrash size={16} aria-hidden />}
              blocked={clients > 0 ? t('rateTables.inUse', { n: clients }) : null}
              onClick={() => setAsking('delete')}
            >
              {t('common.delete')}
            </ActionButton>
          </>
        }
      />
      <ConfirmDialog
        opened={asking === 'export'}
        onClose={close}
        title={t('rateTables.recordExportTitle', { name })}
        effect={t('rateTables.recordExportEffect')}
        confirm={t('rateTables.recordExport')}
        reason="optional"
        onConfirm={recordExport}
      />
      <ConfirmDialog
        opened={asking === 'delete'}
        onClose={close}
        title={t('rateTables.delete', { name })}
        effect={t('rateTables.deleteEffect')}
        confirm={t('common.delete')}
        isDangerous
        reason="optional"
        onConfirm={remove}
      />
      <Drawer
        opened={asking === 'edit'}
        onClose={close}
        position="right"
        size="md"
        title={t('rateTables.edit')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {asking === 'edit' && <TableForm key={table.version} table={table} onClose={close} />}
      </Drawer>
    </>
  );
}
