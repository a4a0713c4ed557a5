import { Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Import } from '../../../api/types';
import { t } from '../../../i18n/t';
import { DownloadLink } from '../../../ui/DownloadLink';
import { FailedState } from '../../../ui/FailedState';
import { ImportFault } from '../../../ui/ImportFault';
import { rejectsHref, rejectsQuery } from './queries';

interface RejectsProps {
  readonly upload: Import;
  /** what the rows depend on: another one reads them again */
  readonly version: string;
}

/** The first rows that make no client, with the reasons, and all of them as a file to correct. */
export function Rejects({ upload, version }: RejectsProps): ReactNode {
  const { data, error, refetch } = useQuery(rejectsQuery(upload.id, version));
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data || data.data.length === 0) return null;
  return (
    <Stack gap="xs" align="flex-start">
      <Title order={2} size="h5">
        {t('imports.rejects')}
      </Title>
      <Table.ScrollContainer minWidth={340} w="100%">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('imports.row')}</Table.Th>
              <Table.Th>{t('imports.column')}</Table.Th>
              <Table.Th>{t('imports.error')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.data.flatMap(({ id, row, errors }) =>
              errors.map(({ column, code, detail }, index) => (
                <Table.Tr key={`${id} ${index}`}>
                  <Table.Td>{row}</Table.Td>
                  <Table.Td>{column === null ? null : upload.columns[column]?.name}</Table.Td>
                  <Table.Td>
                    <ImportFault code={code} detail={detail} />
                  </Table.Td>
                </Table.Tr>
              )),
            )}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {data.nextCursor !== null && <Text size="sm">{t('imports.rejects.more')}</Text>}
      <DownloadLink href={rejectsHref(upload.id)}>{t('imports.rejects.download')}</DownloadLink>
    </Stack>
  );
}
