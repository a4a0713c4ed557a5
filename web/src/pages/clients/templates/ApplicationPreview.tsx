import { Skeleton, Stack, Table, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { components } from '../../../api/schema';
import { ImpactSummary } from '../../../form/ImpactSummary';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import { fieldLabel } from '../../../ui/text/client-field';
import { InheritedText } from './InheritedText';
import type { TemplatedClient } from './template-values';

export type OwnValues = NonNullable<components['schemas']['ClientTemplateApplyInput']['ownValues']>;

export const ownValueChoices = ['keep', 'clear'] as const satisfies readonly OwnValues[];

interface ApplicationPreviewProps {
  readonly client: TemplatedClient;
  readonly clientTemplateId: string | null;
  readonly ownValues: OwnValues;
}

/** Of each field that would change, or that the template sets: own value, value of the template, and what would apply. */
export function ApplicationPreview({ client, clientTemplateId, ownValues }: ApplicationPreviewProps): ReactNode {
  const { id, version, currency } = client;
  const asked = { clientTemplateId, ownValues };
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: keys.one('clients', id, 'client-template', { ...asked, version }),
    queryFn: ({ signal }) =>
      unwrap(api.POST('/v1/clients/{id}/client-template/preview', { params: { path: { id } }, body: asked, signal })),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={120} />;
  const rows = data.fields.filter(({ changes, template }) => changes || template !== null);
  const changed = rows.filter(({ changes }) => changes).length;
  return (
    <Stack gap="xs" aria-busy={isPlaceholderData} style={{ opacity: isPlaceholderData ? 0.6 : 1 }}>
      <Text size="sm" role="status">
        {t('templates.preview.changes', { n: changed })}
      </Text>
      {rows.length > 0 && (
        <Table fz="xs" verticalSpacing={4} horizontalSpacing="xs" style={{ overflowWrap: 'anywhere' }}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('templates.preview.field')}</Table.Th>
              <Table.Th>{t('templates.preview.own')}</Table.Th>
              <Table.Th>{t('templates.preview.template')}</Table.Th>
              <Table.Th>{t('templates.preview.after')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ field, own, template, effective, changes }) => (
              <Table.Tr key={field}>
                <Table.Th scope="row" fw={400}>
                  {t(fieldLabel(field))}
                </Table.Th>
                <Table.Td>
                  <InheritedText name={field} value={own} currency={currency} />
                </Table.Td>
                <Table.Td>
                  <InheritedText name={field} value={template} currency={currency} />
                </Table.Td>
                <Table.Td fw={changes ? 600 : 400}>
                  <InheritedText name={field} value={effective} currency={currency} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {data.newTags.length > 0 && (
        <Text size="sm">{t('templates.preview.tags', { tags: data.newTags.join(', ') })}</Text>
      )}
      {data.impact.newlyNotified.count > 0 && <ImpactSummary impact={data.impact} />}
    </Stack>
  );
}
