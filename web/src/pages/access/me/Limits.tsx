import { Table, Text } from '@mantine/core';
import type { Me, MaximumIncrease } from '../../../api/types';
import { t } from '../../../i18n/t';
import { Money } from '../../../ui/text/Money';
import { Panel } from './Panel';

interface LimitsProps {
  readonly maximum: MaximumIncrease;
  readonly creditLimit: Me['maximumCreditLimit'];
}

/** The own maximums: shown here, set by an administrator. */
export function Limits({ maximum, creditLimit }: LimitsProps) {
  const { amount, percent, days } = maximum;
  const none = (
    <Text c="dimmed" size="sm">
      {t('me.limit.none')}
    </Text>
  );
  return (
    <Panel title={t('me.limits')}>
      <Text size="sm" c="dimmed">
        {t('me.limitsHint')}
      </Text>
      <Table variant="vertical" withRowBorders={false} verticalSpacing={4}>
        <Table.Tbody>
          <Table.Tr>
            <Table.Th w="50%">{t('me.limit.amount')}</Table.Th>
            <Table.Td>{amount ? <Money value={amount} /> : none}</Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th>{t('me.limit.percent')}</Table.Th>
            <Table.Td>{percent === null ? none : `${percent}%`}</Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th>{t('me.limit.days')}</Table.Th>
            <Table.Td>{days ?? none}</Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th>{t('me.limit.credit')}</Table.Th>
            <Table.Td>{creditLimit ? <Money value={creditLimit} /> : none}</Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Panel>
  );
}
