import '../../../i18n/late/imports';
import { Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { EntityFailure } from '../../../ui/page/EntityFailure';
import { PageHeader } from '../../../ui/PageHeader';
import { CheckStep } from './CheckStep';
import { importsList } from './imports-list';
import { MappingStep } from './MappingStep';
import { importQuery, stepOf } from './queries';
import { ResultStep } from './ResultStep';
import { Steps } from './Steps';
import { UploadStep } from './UploadStep';

/** `/clients/import` and `/clients/import/7`: from a file to its clients, a step at a time. */
export default function ImportPage() {
  const { id } = useParams();
  if (id !== undefined) return <Import key={id} id={id} />;
  return (
    <>
      <Frame step="upload">
        <UploadStep />
      </Frame>
      <Title order={2} size="h4" mt="xl" mb="sm">
        {t('imports.list')}
      </Title>
      <List
        definition={importsList}
        hrefOf={({ id: upload }) => `/clients/import/${upload}`}
        empty={{ title: t('imports.list.empty'), text: t('imports.list.emptyText'), docs: '/docs#tag/imports' }}
      />
    </>
  );
}

function Import({ id }: { readonly id: string }): ReactNode {
  const { data, error, refetch } = useQuery(importQuery(id));
  if (error && !data) {
    return (
      <EntityFailure
        error={error}
        onRetry={() => void refetch()}
        back={backToClients()}
        missing={t('imports.missing')}
        missingText={t('imports.missing.text', { id })}
      />
    );
  }
  if (!data) return <Frame step="mapping">{null}</Frame>;
  const step = stepOf(data);
  return (
    <Frame step={step} fileName={data.fileName}>
      {step === 'mapping' && <MappingStep upload={data} />}
      {step === 'check' && <CheckStep upload={data} />}
      {step === 'result' && data.jobId !== null && <ResultStep upload={data} jobId={data.jobId} />}
    </Frame>
  );
}

interface FrameProps {
  readonly step: 'upload' | 'mapping' | 'check' | 'result';
  readonly fileName?: string;
  readonly children: ReactNode;
}

function Frame({ step, fileName, children }: FrameProps): ReactNode {
  return (
    <>
      <PageHeader title={t('imports.title')} lead={fileName ?? t('imports.lead')} back={backToClients()} />
      <Stack gap="md" maw={880}>
        <Steps current={step} />
        {children}
      </Stack>
    </>
  );
}

const backToClients = (): { to: string; label: string } => ({ to: '/clients', label: t('app.nav.clients') });
