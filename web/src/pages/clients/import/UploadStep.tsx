import { Button, FileInput, List, Stack, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { FailedState } from '../../../ui/FailedState';
import { uploadFile, useShowImport } from './queries';

const exampleHref = `data:text/csv;charset=utf-8,${encodeURIComponent(
  '\uFEFFName,External ID,Currency,Opening balance,Credit limit,Balance model,Billing email,Tags,Profile\r\n' +
    'Acme Telecom,A-1001,USD,120.00,0.00,prepaid,billing@acme.example,"wholesale, europe",\r\n' +
    'Vendor C,C-2002,EUR,-30.50,500.00,postpaid,office@vendor-c.example,,\r\n',
)}`;

/** Takes the file. */
export function UploadStep(): ReactNode {
  const [file, setFile] = useState<File | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const navigate = useNavigate();
  const show = useShowImport();
  const upload = async (): Promise<void> => {
    if (!file) return;
    setBusy(true);
    setError(null);
    try {
      const uploaded = await uploadFile(file);
      show(uploaded);
      void navigate(`/clients/import/${uploaded.id}`);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Stack gap="md" align="flex-start">
      <List size="sm">
        <List.Item>{t('imports.upload.header')}</List.Item>
        <List.Item>{t('imports.upload.formats')}</List.Item>
        <List.Item>{t('imports.upload.limits')}</List.Item>
        <List.Item>{t('imports.upload.existing')}</List.Item>
      </List>
      <FileInput
        label={t('imports.file')}
        placeholder={t('imports.file.choose')}
        accept=".csv,.xlsx,text/csv"
        value={file}
        onChange={(chosen) => {
          setFile(chosen);
          setError(null);
        }}
        w="100%"
        maw={480}
        clearable
        clearButtonProps={{ 'aria-label': t('imports.file.clear') }}
      />
      {error !== null && <FailedState error={error} />}
      <ActionButton
        operation="uploadImport"
        leftSection={<IconUpload size={16} aria-hidden />}
        loading={isBusy}
        blocked={file ? null : t('imports.file.missing')}
        onClick={() => void upload()}
      >
        {t('imports.upload')}
      </ActionButton>
      <Text size="sm">
        <Button component="a" href={exampleHref} download="clients-example.csv" variant="subtle" size="compact-sm">
          {t('imports.example')}
        </Button>
      </Text>
    </Stack>
  );
}
