import { Alert, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { isApiError, problemDetail, problemTitle } from '../api/problems';
import { t } from '../i18n/t';
import { CopyText } from '../ui/CopyText';
import type { Remainder } from './use-api-form';

/** The address of a request is none of what was typed: to name a part of it says nothing. */
const isOfForm = (pointer: string): boolean => !/^#\/(path|query|header)\//.test(pointer);

/** What was wrong with a request besides the fields that are shown, with the request id to ask with. */
export function ProblemSummary({ remainder }: { readonly remainder: Remainder | null }): ReactNode {
  if (!remainder) return null;
  const { error, faults } = remainder;
  const detail = problemDetail(error);
  const requestId = isApiError(error) ? error.requestId : null;
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      mt="sm"
      icon={<IconAlertTriangle aria-hidden />}
      title={problemTitle(error)}
    >
      <Stack gap="xs" align="flex-start">
        {faults.length === 0 && detail && <Text size="sm">{detail}</Text>}
        {faults.length > 0 && (
          <List size="sm">
            {faults.map(({ pointer, detail: text }) => (
              <List.Item key={`${pointer} ${text}`}>
                {isOfForm(pointer) && <code>{pointer}</code>} {text}
              </List.Item>
            ))}
          </List>
        )}
        {requestId && <CopyText value={requestId} label={t('ui.failed.requestId')} />}
      </Stack>
    </Alert>
  );
}
