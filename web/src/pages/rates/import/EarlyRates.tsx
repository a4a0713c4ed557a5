import { Alert, Stack, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';
import { DownloadLink } from '../../../ui/DownloadLink';
import { FailedState } from '../../../ui/FailedState';
import { Time } from '../../../ui/text/Time';
import { earlyRatesQuery, type RateImport } from './queries';

/** The first rows that take effect, or end, sooner than the agreement allows, and what the import does with them. */
export function EarlyRates({ upload }: { readonly upload: RateImport }): ReactNode {
  const { id, agreement, counts, options } = upload;
  const { data, error, refetch } = useQuery(earlyRatesQuery(id));
  if (!agreement || !counts || !options) return null;
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  return (
    <Stack gap="xs" align="flex-start">
      <Title order={2} size="h5">
        {t('rateTables.import.early')}
      </Title>
      <Alert w="100%" color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />}>
        {t(`rateTables.import.early.${options.ifEarly}`, { n: counts.early })}
      </Alert>
      <Text size="sm">
        <span translate="no">{agreement.name}</span>
        {' · '}
        {t('rateTables.import.early.announced')} <Time at={agreement.announcedAt} />
      </Text>
      <Table.ScrollContainer minWidth={620} w="100%">
        <Table fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('rateTables.import.row')}</Table.Th>
              <Table.Th>{t('rateTables.code')}</Table.Th>
              <Table.Th ta="right">{t('rateTables.rate')}</Table.Th>
              <Table.Th>{t('rateTables.import.early.kind')}</Table.Th>
              <Table.Th>{t('rateTables.import.early.given')}</Table.Th>
              <Table.Th>{t('rateTables.import.early.allowed')}</Table.Th>
              <Table.Th>{t('rateTables.import.early.outcome')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(data?.data ?? []).map(({ id: row, row: number, code, rate, kind, given, allowed, outcome }) => (
              <Table.Tr key={row}>
                <Table.Td>{number}</Table.Td>
                <Table.Td translate="no">{code}</Table.Td>
                <Table.Td ta="right">{rate}</Table.Td>
                <Table.Td>
                  {kind === 'closed' ? t('rateTables.import.early.closed') : t(`rateTables.change.${kind}`)}
                </Table.Td>
                <Table.Td>
                  <Time at={given} format="short" />
                </Table.Td>
                <Table.Td>
                  <Time at={allowed} format="short" />
                </Table.Td>
                <Table.Td>{t(`rateTables.import.early.outcome.${outcome}`)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <DownloadLink href={`/v1/exports/early-rates.csv?rateImportId=${id}`}>
        {t('rateTables.import.early.download')}
      </DownloadLink>
    </Stack>
  );
}
