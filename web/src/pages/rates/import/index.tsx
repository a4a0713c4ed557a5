import '../../../i18n/late/rateTables';
import { FileInput, Stack } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useNavigate, useParams } from 'react-router';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { FailedState } from '../../../ui/FailedState';
import { EntityFailure } from '../../../ui/page/EntityFailure';
import { PageHeader } from '../../../ui/PageHeader';
import { rateTableQuery } from '../tables/queries';
import { CheckStep } from './CheckStep';
import { MappingStep } from './MappingStep';
import { rateImportQuery, uploadRates, useShowRateImport } from './queries';
import { ResultStep } from './ResultStep';

/** `/rate-tables/7/import` and `/rate-imports/9`: from a file to its rates, a step at a time. */
export default function RateImportPage(): ReactNode {
  const { id, importId } = useParams();
  if (importId !== undefined) return <Import key={importId} id={importId} />;
  return (
    <Frame tableId={id ?? ''}>
      <UploadStep tableId={id ?? ''} />
    </Frame>
  );
}

function Import({ id }: { readonly id: string }): ReactNode {
  const { data, error, refetch } = useQuery(rateImportQuery(id));
  const [isMapping, setMapping] = useState(false);
  if (error && !data) {
    return (
      <EntityFailure
        error={error}
        onRetry={() => void refetch()}
        back={{ to: '/rate-tables', label: t('app.nav.rateTables') }}
        missing={t('rateTables.import.missing')}
        missingText={t('rateTables.import.missingText', { id })}
      />
    );
  }
  if (!data) return null;
  const step = data.jobId !== null ? 'result' : data.options === null || isMapping ? 'mapping' : 'check';
  return (
    <Frame tableId={data.rateTableId} fileName={data.fileName}>
      {step === 'mapping' && <MappingStep upload={data} onSaved={() => setMapping(false)} />}
      {step === 'check' && <CheckStep upload={data} onBack={() => setMapping(true)} />}
      {step === 'result' && data.jobId !== null && <ResultStep upload={data} jobId={data.jobId} />}
    </Frame>
  );
}

interface FrameProps {
  readonly tableId: string;
  readonly fileName?: string;
  readonly children: ReactNode;
}

function Frame({ tableId, fileName, children }: FrameProps): ReactNode {
  const { data } = useQuery(rateTableQuery(tableId));
  return (
    <>
      <PageHeader
        title={t('rateTables.import.title')}
        lead={fileName ?? t('rateTables.import.lead')}
        back={{ to: `/rate-tables/${tableId}`, label: data?.name ?? t('app.nav.rateTables') }}
      />
      <Stack gap="md" maw={880}>
        {children}
      </Stack>
    </>
  );
}

function UploadStep({ tableId }: { readonly tableId: string }): ReactNode {
  const [file, setFile] = useState<File | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const navigate = useNavigate();
  const show = useShowRateImport();
  const upload = async (): Promise<void> => {
    if (!file) return;
    setBusy(true);
    setError(null);
    try {
      const uploaded = await uploadRates(tableId, file);
      show(uploaded);
      void navigate(`/rate-imports/${uploaded.id}`);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Stack gap="md" align="flex-start">
      <FileInput
        label={t('rateTables.import.file')}
        placeholder={t('rateTables.import.choose')}
        accept=".csv,.xlsx,text/csv"
        value={file}
        onChange={(chosen) => {
          setFile(chosen);
          setError(null);
        }}
        w="100%"
        maw={480}
        clearable
        clearButtonProps={{ 'aria-label': t('rateTables.import.clear') }}
      />
      {error !== null && <FailedState error={error} />}
      <ActionButton
        operation="uploadRateImport"
        leftSection={<IconUpload size={16} aria-hidden />}
        loading={isBusy}
        blocked={file ? null : t('rateTables.import.noFile')}
        onClick={() => void upload()}
      >
        {t('rateTables.import.upload')}
      </ActionButton>
    </Stack>
  );
}
