import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import { CodeBlock } from '../code/CodeBlock';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onSaved: () => void;
}

/** Codes that are shown once. Only its own button continues: a slip of the mouse must not lose them. */
export function RecoveryCodes({ codes, onSaved }: RecoveryCodesProps): ReactNode {
  return (
    <Stack gap="md">
      <Text size="sm">{t('account.recovery.text')}</Text>
      <Alert variant="default" icon={<IconAlertTriangle aria-hidden />}>
        {t('account.recovery.once')}
      </Alert>
      <CodeBlock text={codes.join('\n')} label={t('account.recovery.title')} />
      <Button onClick={onSaved} data-autofocus>
        {t('account.recovery.saved')}
      </Button>
    </Stack>
  );
}
