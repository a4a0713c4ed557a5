import { Button, Group, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, unwrap } from '../../../api/client';
import type { Import } from '../../../api/types';
import { ColumnFields, useColumnFields } from '../../../form/ColumnFields';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import { clientFields, clientSections, fieldLabel, sectionLabel } from '../../../ui/text/client-field';
import { toastDone, toastFailure } from '../../../ui/toast';
import { useShowImport } from './queries';

/** Says which field each column is; the service has matched what it knows. */
export function MappingStep({ upload }: { readonly upload: Import }): ReactNode {
  const mapping = useColumnFields(upload.columns);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const show = useShowImport();
  const save = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const params = { path: { id: upload.id } };
      show(await unwrap(api.POST('/v1/imports/{id}/mapping', { params, body: { fields: [...mapping.fields] } })));
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Stack gap="md">
      <Text size="sm">{t('imports.mapping.lead', { n: upload.rows })}</Text>
      <ColumnFields columns={upload.columns} label={t('imports.field')} options={options()} {...mapping} />
      {error !== null && <FailedState error={error} />}
      <Group>
        <Button loading={isBusy} onClick={() => void save()}>
          {t('imports.check')}
        </Button>
        <DeleteUpload upload={upload} />
      </Group>
    </Stack>
  );
}

function options(): { group: string; items: { value: string; label: string }[] }[] {
  return clientSections.map((section) => ({
    group: t(sectionLabel(section)),
    items: clientFields
      .filter((field) => field.section === section)
      .map(({ name }) => ({ value: name, label: t(fieldLabel(name)) })),
  }));
}

/** Nothing of the file is kept then. */
export function DeleteUpload({ upload }: { readonly upload: Import }): ReactNode {
  const navigate = useNavigate();
  const remove = async (): Promise<void> => {
    try {
      await api.DELETE('/v1/imports/{id}', { params: { path: { id: upload.id } } });
      toastDone(t('imports.deleted'));
      void navigate('/clients/import');
    } catch (failure) {
      toastFailure(failure);
    }
  };
  return (
    <Button variant="default" onClick={() => void remove()}>
      {t('imports.delete')}
    </Button>
  );
}
