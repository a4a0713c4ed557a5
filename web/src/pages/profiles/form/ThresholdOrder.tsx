import { Alert, List, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';
import { Money } from '../../../ui/text/Money';
import type { ProfileValues } from './profile-values';
import { byDescendingThreshold, enabledRules, ruleText, warningsOf } from './rules';

/** The thresholds in the order in which a falling balance meets them, and what looks wrong about them. */
export function ThresholdOrder({ values }: { readonly values: ProfileValues }): ReactNode {
  const rules = enabledRules(values);
  const warnings = warningsOf(rules);
  if (rules.length === 0) return <Text size="sm">{t('profiles.order.none')}</Text>;
  return (
    <Stack gap="xs">
      <Table fz="sm" verticalSpacing={4} horizontalSpacing={0} withRowBorders={false} aria-label={t('profiles.order')}>
        <Table.Tbody>
          {byDescendingThreshold(rules).map(({ key, threshold, inactivityDays }) => (
            <Table.Tr key={key}>
              <Table.Td>
                {ruleText(key)}
                {inactivityDays !== null && (
                  <Text size="xs" c="dimmed">
                    {t('profiles.order.inactive', { n: inactivityDays })}
                  </Text>
                )}
              </Table.Td>
              <Table.Td ta="right" style={{ whiteSpace: 'nowrap', verticalAlign: 'top' }}>
                {'< '}
                <Money value={{ amount: threshold, currency: values.currency }} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {warnings.length > 0 && (
        <Alert color="yellow" variant="light" p="xs" icon={<IconAlertTriangle size={18} aria-hidden />}>
          <List size="sm" listStyleType="none" spacing={4}>
            {warnings.map((warning) => (
              <List.Item key={warning}>{warning}</List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  );
}
