import '../../../i18n/late/resellers';
import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { keys } from '../../../api/keys';
import { t } from '../../../i18n/t';
import { useMe } from '../../../session/session';
import { EntityFailure } from '../../../ui/page/EntityFailure';
import { EntitySkeleton } from '../../../ui/page/EntitySkeleton';
import { PageHeader } from '../../../ui/PageHeader';
import { ScrollTabsList } from '../../../ui/tabs/ScrollTabsList';
import { readReseller, type Reseller } from '../queries';
import { LedgerTab } from './LedgerTab';
import { ManagerLimits } from './ManagerLimits';
import { ManagersTab } from './ManagersTab';
import { ResellerActions } from './ResellerActions';
import { ResellerForm } from './ResellerForm';
import { RestoreReseller } from './RestoreReseller';

// Asked for at every drawing: the language may change.
const back = () => ({ to: '/resellers', label: t('app.nav.resellers') });

/** `/resellers/new?parent=3&kind=manager` and `/resellers/3?tab=ledger`. */
export default function ResellerPage(): ReactNode {
  const { id } = useParams();
  if (id !== undefined) return <Existing key={id} id={id} />;
  return <NewReseller />;
}

function NewReseller(): ReactNode {
  const me = useMe();
  const navigate = useNavigate();
  const [parameters] = useSearchParams();
  const kind = parameters.get('kind') === 'manager' ? 'manager' : 'reseller';
  return (
    <>
      <PageHeader title={t(kind === 'manager' ? 'resellers.newManager' : 'resellers.new')} back={back()} />
      {kind === 'manager' && <ManagerLimits />}
      <ResellerForm
        reseller={null}
        etag={null}
        kind={kind}
        parentId={parameters.get('parent') ?? me.resellerId}
        onCancel={() => void navigate('/resellers')}
      />
    </>
  );
}

function Existing({ id }: { readonly id: string }): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: keys.one('resellers', id),
    queryFn: ({ signal }) => readReseller(id, signal),
    // A form that is being filled in does not change under the hands.
    refetchOnWindowFocus: false,
    staleTime: 0,
    gcTime: 0,
  });
  if (error && !data) {
    return (
      <EntityFailure
        error={error}
        onRetry={() => void refetch()}
        back={back()}
        missing={t('resellers.missing')}
        missingText={t('resellers.missingText', { id })}
        searchBy="name"
      />
    );
  }
  if (!data) return <EntitySkeleton heights={[320]} />;
  const { value: reseller, etag } = data;
  return (
    <>
      <PageHeader
        title={reseller.name}
        back={back()}
        lead={t(`resellers.kind.${reseller.kind}`)}
        actions={reseller.status === 'active' && <ResellerActions reseller={reseller} />}
      />
      {reseller.status === 'deleted' && <RestoreReseller reseller={reseller} />}
      <ResellerTabs reseller={reseller} etag={etag} />
    </>
  );
}

const tabs = ['details', 'ledger', 'managers'] as const;

function ResellerTabs({ reseller, etag }: { readonly reseller: Reseller; readonly etag: string }): ReactNode {
  const navigate = useNavigate();
  const [parameters, setParameters] = useSearchParams();
  const known = tabs.filter((name) => name !== 'managers' || reseller.kind !== 'manager');
  const tab = known.find((name) => name === parameters.get('tab')) ?? 'details';
  return (
    <Tabs
      value={tab}
      onChange={(next) => setParameters(next && next !== 'details' ? { tab: next } : {})}
      keepMounted={false}
    >
      <ScrollTabsList mb="md">
        {known.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {t(`resellers.${name}`)}
          </Tabs.Tab>
        ))}
      </ScrollTabsList>
      <Tabs.Panel value="details">
        {reseller.kind === 'manager' && <ManagerLimits />}
        <ResellerForm
          key={etag}
          reseller={reseller}
          etag={etag}
          kind={reseller.kind === 'manager' ? 'manager' : 'reseller'}
          parentId={reseller.parentId ?? ''}
          onCancel={() => void navigate('/resellers')}
        />
      </Tabs.Panel>
      <Tabs.Panel value="ledger">
        <LedgerTab reseller={reseller} />
      </Tabs.Panel>
      <Tabs.Panel value="managers">
        <ManagersTab reseller={reseller} />
      </Tabs.Panel>
    </Tabs>
  );
}
