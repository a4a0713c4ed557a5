import '../../../i18n/late/emails';
import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Navigate, useParams, useSearchParams } from 'react-router';
import { keys } from '../../../api/keys';
import { t } from '../../../i18n/t';
import { useMe } from '../../../session/session';
import { EntityFailure } from '../../../ui/page/EntityFailure';
import { EntitySkeleton } from '../../../ui/page/EntitySkeleton';
import { PageHeader } from '../../../ui/PageHeader';
import { ScrollTabsList } from '../../../ui/tabs/ScrollTabsList';
import { mailKindLabel, notificationKinds } from '../../../ui/text/notification-kind';
import { readMailTemplate, type MailTemplate, type TemplateKind } from '../queries';
import { EditTab } from './EditTab';
import { UseTab } from './UseTab';
import { VersionsTab } from './VersionsTab';

// Asked for at every drawing: the language may change.
const back = () => ({ to: '/mail-templates', label: t('app.nav.mailTemplates') });

/** `/mail-templates/new?kind=low_balance&reseller=3` and `/mail-templates/3?tab=versions`. */
export default function MailTemplatePage(): ReactNode {
  const { id } = useParams();
  return id === undefined ? <NewTemplate /> : <Existing key={id} id={id} />;
}

function NewTemplate(): ReactNode {
  const me = useMe();
  const [parameters] = useSearchParams();
  const wanted = parameters.get('kind') ?? 'low_balance';
  const kind: TemplateKind | undefined = notificationKinds.find((one) => one === wanted);
  if (!kind) return <Navigate to="/mail-templates" replace />;
  return (
    <>
      <PageHeader title={t('emails.newFor', { kind: mailKindLabel(kind) })} back={back()} />
      <EditTab template={null} etag={null} kind={kind} resellerId={parameters.get('reseller') ?? me.resellerId} />
    </>
  );
}

const tabs = ['edit', 'versions', 'use'] as const;

function Existing({ id }: { readonly id: string }): ReactNode {
  const [parameters, setParameters] = useSearchParams();
  const tab = tabs.find((name) => name === parameters.get('tab')) ?? 'edit';
  // The text that was discarded leaves the form, which begins again.
  const [discards, setDiscards] = useState(0);
  const { data, error, refetch } = useQuery({
    queryKey: keys.one('mailTemplates', id),
    queryFn: ({ signal }) => readMailTemplate(id, signal),
    // What is being written does not change under the hands.
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
        missing={t('emails.missing')}
        missingText={t('emails.missingText', { id })}
        searchBy="q"
      />
    );
  }
  if (!data) return <EntitySkeleton heights={[420]} />;
  const { value: template, etag } = data;
  return (
    <>
      <PageHeader title={template.name} back={back()} lead={leadOf(template)} />
      <Tabs
        value={tab}
        onChange={(next) => setParameters(next && next !== 'edit' ? { tab: next } : {})}
        keepMounted={false}
      >
        <ScrollTabsList mb="md">
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`emails.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </ScrollTabsList>
        <Tabs.Panel value="edit">
          <EditTab
            key={discards}
            template={template}
            etag={etag}
            kind={template.kind}
            resellerId={template.resellerId}
            onDiscarded={() => setDiscards(discards + 1)}
          />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <VersionsTab template={template} etag={etag} onRestored={() => setParameters({})} />
        </Tabs.Panel>
        <Tabs.Panel value="use">
          <UseTab template={template} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function leadOf({ kind, published }: MailTemplate): string {
  const label = mailKindLabel(kind);
  return published === null ? `${label}. ${t('emails.never')}` : label;
}
