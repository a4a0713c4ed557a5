import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { t } from '../../i18n/t';
import { List } from '../../list/List';
import { refreshLists } from '../../list/refresh';
import type { Selection } from '../../list/selection';
import { ActionButton } from '../../session/ActionButton';
import { PageHeader } from '../../ui/PageHeader';
import { taskOf, type BulkAction, type BulkKind } from './bulk/actions';
import { BulkActions } from './bulk/BulkActions';
import { BulkRun } from './bulk/run';
import { RunDialog } from './bulk/RunDialog';
import { targetsOf } from './bulk/targets';
import { clientsList, type ClientRow } from './clients-list';
import { RowActions } from './RowActions';

interface Started {
  readonly kind: BulkKind;
  readonly run: BulkRun;
  /** takes the selection away */
  readonly clear: () => void;
}

/** All clients, with what can be done to one, to some, or to all that match. */
export default function ClientsPage() {
  const [run, setRun] = useState<Started | null>(null);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const start = (action: BulkAction, selection: Selection<ClientRow>, clear: () => void): void =>
    setRun({ kind: action.kind, run: new BulkRun(taskOf(action), targetsOf(selection)), clear });
  const end = (): void => {
    // What was stopped on the way may be taken up again with another action.
    if (run?.run.state().phase === 'finished') run.clear();
    setRun(null);
    void refreshLists(queries, 'clients');
  };
  const add = (
    <ActionButton
      operation="createClient"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => void navigate('/clients/new')}
    >
      {t('clients.new')}
    </ActionButton>
  );
  return (
    <>
      <PageHeader title={t('app.nav.clients')} />
      <List
        definition={clientsList}
        hrefOf={({ id }) => `/clients/${id}`}
        bulk={(selection, clear) => (
          <BulkActions selection={selection} onStart={(action) => start(action, selection, clear)} />
        )}
        rowActions={(client) => <RowActions client={client} />}
        actions={add}
        empty={{
          icon: IconUsers,
          title: t('clients.empty'),
          text: t('clients.emptyText'),
          action: add,
          docs: '/docs#tag/clients',
        }}
      />
      {run && (
        <RunDialog kind={run.kind} run={run.run} onAgain={(again) => setRun({ ...run, run: again })} onClose={end} />
      )}
    </>
  );
}
