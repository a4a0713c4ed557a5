import {
  IconArrowBackUp,
  IconBellOff,
  IconCashBanknotePlus,
  IconChartLine,
  IconCoins,
  IconEdit,
  IconFileInvoice,
  IconHistory,
  IconMail,
  IconReceipt,
  IconRefresh,
  IconReportMoney,
  IconTrash,
  IconTrashX,
  IconWallet,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, unwrap } from '../../api/client';
import { t } from '../../i18n/t';
import { refreshLists } from '../../list/refresh';
import { RowMenu, type RowAction } from '../../list/table/RowMenu';
import { stateText } from '../../ui/badges/StateBadge';
import { toastDone, toastFailure } from '../../ui/toast';
import type { ClientRow } from './clients-list';
import { DeleteDialog } from './lifecycle/DeleteDialog';
import { FullDeleteDialog } from './lifecycle/FullDeleteDialog';
import { RestoreDialog } from './lifecycle/RestoreDialog';
import type { RowForm } from './RowDialog';

/** The forms of the client's page; the list loads them with the first that is opened. */
const RowDialog = lazy(() => import('./RowDialog'));

type LifecycleStep = 'delete' | 'restore' | 'fullDelete';

const isForm = (asking: RowForm | LifecycleStep | null): asking is RowForm =>
  asking === 'payment' || asking === 'grant' || asking === 'silence';

/** What is done to one client without opening it. */
export function RowActions({ client }: { readonly client: ClientRow }): ReactNode {
  const { id, name, balanceModel } = client;
  const [asking, setAsking] = useState<RowForm | LifecycleStep | null>(null);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const close = (): void => setAsking(null);
  const check = async (): Promise<void> => {
    try {
      const checked = await unwrap(api.POST('/v1/clients/{id}/monitor/check', { params: { path: { id } }, body: {} }));
      const sent = checked.verdicts.filter((verdict) => verdict.reason === 'sent').length;
      const parts = [stateText(checked.state), ...(sent > 0 ? [t('clients.queued', { n: sent })] : [])];
      toastDone(t('clients.checked', { name, outcome: parts.join(' · ') }));
      await refreshLists(queries, 'clients');
    } catch (error) {
      toastFailure(error);
    }
  };
  const see = (tab: string): void => void navigate(`/clients/${id}?tab=${tab}`);
  /** What the manual's icons lead to. */
  const views: readonly RowAction[] = [
    {
      operation: 'listAccounts',
      icon: IconWallet,
      label: t('client.tab.accounts'),
      onClick: () => see('accounts'),
      isApart: true,
    },
    { operation: 'listActivity', icon: IconReceipt, label: t('client.tab.ledger'), onClick: () => see('ledger') },
    {
      operation: 'listInvoices',
      icon: IconFileInvoice,
      label: t('client.tab.invoices'),
      onClick: () => see('invoices'),
    },
    {
      operation: 'readBalanceReport',
      icon: IconChartLine,
      label: t('clients.balanceReport'),
      onClick: () => see('report'),
    },
    {
      operation: 'readSummaryReport',
      icon: IconReportMoney,
      label: t('clients.summaryReport'),
      onClick: () => void navigate(`/reports?client=${id}`),
    },
    {
      operation: 'listNotifications',
      icon: IconMail,
      label: t('client.tab.notifications'),
      onClick: () => see('notifications'),
    },
    { operation: 'listAudit', icon: IconHistory, label: t('client.tab.audit'), onClick: () => see('audit') },
  ];
  const grant = {
    operation: 'grantTemporaryCredit',
    icon: IconCoins,
    label: t('credit.new'),
    onClick: () => setAsking('grant'),
  };
  const ofLive: readonly RowAction[] = [
    {
      operation: 'postClientPayment',
      icon: IconCashBanknotePlus,
      label: t('client.record.payment'),
      onClick: () => setAsking('payment'),
    },
    // Nothing limits it: there is no limit to raise.
    ...(balanceModel === 'unlimited' ? [] : [grant]),
    {
      operation: 'silenceMonitor',
      icon: IconBellOff,
      label: t('client.dialog.silence'),
      onClick: () => setAsking('silence'),
    },
    {
      operation: 'checkNow',
      icon: IconRefresh,
      label: t('jobs.kind.check_now'),
      onClick: () => void check(),
    },
    {
      operation: 'updateClient',
      icon: IconEdit,
      label: t('clients.edit'),
      onClick: () => void navigate(`/clients/${id}/edit`),
      isApart: true,
    },
    ...views,
    {
      operation: 'deleteClient',
      icon: IconTrash,
      label: t('common.delete'),
      onClick: () => setAsking('delete'),
      isApart: true,
    },
  ];
  const ofDeleted: readonly RowAction[] = [
    {
      operation: 'restoreClient',
      icon: IconArrowBackUp,
      label: t('clients.restore'),
      onClick: () => setAsking('restore'),
    },
    ...views,
    {
      operation: 'fullDeleteClient',
      icon: IconTrashX,
      label: t('clients.fullDelete'),
      onClick: () => setAsking('fullDelete'),
      isApart: true,
    },
  ];
  const lifecycle = { id, name, onClose: close, onDone: () => refreshLists(queries, 'clients') };
  return (
    <>
      <RowMenu label={t('clients.actionsOf', { name })} actions={client.status === 'deleted' ? ofDeleted : ofLive} />
      {isForm(asking) && (
        <Suspense fallback={null}>
          <RowDialog client={client} form={asking} onClose={close} />
        </Suspense>
      )}
      <DeleteDialog {...lifecycle} opened={asking === 'delete'} />
      <RestoreDialog {...lifecycle} opened={asking === 'restore'} />
      <FullDeleteDialog {...lifecycle} opened={asking === 'fullDelete'} />
    </>
  );
}

/** What the menu of a row may offer. */
export const rowOperations = [
  ...['postClientPayment', 'grantTemporaryCredit', 'silenceMonitor', 'checkNow', 'updateClient', 'deleteClient'],
  ...['listActivity', 'listInvoices', 'readBalanceReport', 'readSummaryReport', 'listNotifications', 'listAudit'],
  ...['restoreClient', 'fullDeleteClient'],
] as const;
