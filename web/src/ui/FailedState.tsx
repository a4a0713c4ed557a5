import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { isApiError, problemDetail, problemTitle } from '../api/problems';
import { t } from '../i18n/t';
import { CopyText } from './CopyText';

interface FailedStateProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** Something could not be read or done: the cause, the request id to ask with, and another try. */
export function FailedState({ error, onRetry }: FailedStateProps): ReactNode {
  const detail = problemDetail(error);
  const requestId = isApiError(error) ? error.requestId : null;
  return (
    <Alert
      variant="light"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={problemTitle(error)}
      role="alert"
    >
      <Stack gap="xs" align="flex-start">
        {detail && (
          <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
            {detail}
          </Text>
        )}
        {requestId && (
          <Group gap={6}>
            <Text size="sm">{t('ui.failed.requestId')}</Text>
            <CopyText value={requestId} label={t('ui.failed.requestId')} />
          </Group>
        )}
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('common.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
