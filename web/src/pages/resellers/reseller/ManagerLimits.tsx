import { Alert, List, Text } from '@mantine/core';
import { IconUserStar } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';

const limits = ['noTransactions', 'noInvoices', 'noRates', 'noLimit', 'noOwner', 'noParent'] as const;

/** What a manager may and may not do, each with the reason. */
export function ManagerLimits(): ReactNode {
  return (
    <Alert
      variant="light"
      color="gray"
      mb="md"
      icon={<IconUserStar size={18} aria-hidden />}
      title={t('resellers.manager.lead')}
    >
      <Text size="sm">{t('resellers.manager.may')}</Text>
      <Text size="sm" mt="xs">
        {t('resellers.manager.mayNot')}
      </Text>
      <List size="sm">
        {limits.map((name) => (
          <List.Item key={name}>{t(`resellers.manager.${name}`)}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
