import { Button, Group, Select, Stack, Table, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, unwrap } from '../../../api/client';
import type { Import } from '../../../api/types';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import { clientFields, clientSections, fieldLabel, sectionLabel } from '../../../ui/text/client-field';
import { toastDone, toastFailure } from '../../../ui/toast';
import { useShowImport } from './queries';

type Field = Import['columns'][number]['field'];

/** Says which field each column is; the service has matched what it knows. */
export function MappingStep({ upload }: { readonly upload: Import }): ReactNode {
  const [fields, setFields] = useState<readonly Field[]>(() => upload.columns.map(({ field }) => field));
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const show = useShowImport();
  const choose = (column: number, field: string | null): void =>
    // A field is one column's: another one that had it gives it up.
    setFields(fields.map((known, index) => (index === column ? (field as Field) : known === field ? null : known)));
  const save = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const params = { path: { id: upload.id } };
      show(await unwrap(api.POST('/v1/imports/{id}/mapping', { params, body: { fields: [...fields] } })));
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Stack gap="md">
      <Text size="sm">{t('imports.mapping.lead', { n: upload.rows })}</Text>
      <Table.ScrollContainer minWidth={340}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('imports.column')}</Table.Th>
              <Table.Th>{t('imports.field')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {upload.columns.map(({ name, samples }, column) => (
              <Table.Tr key={name}>
                <Table.Td>
                  <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
                    {name}
                  </Text>
                  <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                    {samples.filter((text) => text !== '').join(' · ')}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Select
                    aria-label={t('imports.fieldOf', { column: name })}
                    placeholder={t('imports.notImported')}
                    data={options()}
                    value={fields[column] ?? null}
                    onChange={(field) => choose(column, field)}
                    searchable
                    clearable
                    clearButtonProps={{ 'aria-label': t('imports.field.clear', { column: name }) }}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
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
