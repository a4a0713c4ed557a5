import { Stack, Table, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';
import { DownloadLink } from '../../../ui/DownloadLink';
import { FailedState } from '../../../ui/FailedState';
import { ImportFault } from '../../../ui/ImportFault';
import { rejectedRatesQuery } from './queries';

/** The first rows that are not imported, with the reasons, and all of them as a file. */
export function RejectedRates({ id }: { readonly id: string }): ReactNode {
  const { data, error, refetch } = useQuery(rejectedRatesQuery(id));
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data || data.data.length === 0) return null;
  return (
    <Stack gap="xs" align="flex-start">
      <Title order={2} size="h5">
        {t('rateTables.import.rejects')}
      </Title>
      <Table.ScrollContainer minWidth={340} w="100%">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('rateTables.import.row')}</Table.Th>
              <Table.Th>{t('rateTables.import.field')}</Table.Th>
              <Table.Th>{t('rateTables.import.error')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.data.flatMap(({ id: row, row: number, errors }) =>
              errors.map(({ field, code, detail }, index) => (
                <Table.Tr key={`${row} ${index}`}>
                  <Table.Td>{number}</Table.Td>
                  <Table.Td>{field === null ? '' : t(`rateTables.${field}`)}</Table.Td>
                  <Table.Td>
                    <ImportFault code={code} detail={detail} />
                  </Table.Td>
                </Table.Tr>
              )),
            )}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <DownloadLink href={`/v1/exports/rejected-rates.csv?rateImportId=${id}`}>
        {t('rateTables.import.download')}
      </DownloadLink>
    </Stack>
  );
}
