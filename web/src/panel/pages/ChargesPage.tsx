import { Skeleton, Table, Text } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { t } from '../../i18n/t';
import { EmptyState } from '../../ui/EmptyState';
import { FailedState } from '../../ui/FailedState';
import { Money } from '../../ui/text/Money';
import { dayText } from '../../ui/text/time-text';
import { PanelPage } from '../PanelPage';

/** What was charged on each of the last 30 days. */
export function ChargesPage() {
  const charges = useQuery({
    queryKey: ['panel', 'charges'],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/panel/charges', { signal })),
  });
  const { data } = charges;
  return (
    <PanelPage title={t('panel.charges')}>
      {charges.isPending && <Skeleton h={240} />}
      {charges.error && <FailedState error={charges.error} onRetry={() => void charges.refetch()} />}
      {data?.days.length === 0 && (
        <EmptyState icon={IconChartBar} title={t('panel.noCharges')} text={t('panel.noChargesText')} />
      )}
      {data && data.days.length > 0 && (
        <>
          <Text size="sm">
            {t('panel.chargesTotal')} <Money value={{ amount: data.total, currency: data.currency }} />
          </Text>
          <Table.ScrollContainer minWidth={280}>
            <Table aria-label={t('panel.charges')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('panel.day')}</Table.Th>
                  <Table.Th ta="right">{t('panel.amount')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.days.map(({ day, amount }) => (
                  <Table.Tr key={day}>
                    <Table.Td>{dayText(day)}</Table.Td>
                    <Table.Td ta="right">
                      <Money value={{ amount, currency: data.currency }} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </>
      )}
    </PanelPage>
  );
}
