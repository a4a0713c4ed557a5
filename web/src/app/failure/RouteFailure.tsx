import { Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useRouteError } from 'react-router';
import { isApiError, problemDetail, problemTitle } from '../../api/problems';
import { t } from '../../i18n/t';
import { CodeBlock } from '../../ui/code/CodeBlock';
import { PageHeader } from '../../ui/PageHeader';
import { failureDetails, isLoadFailure } from './failure-details';

/** What replaces a page that broke, or whose code could not be fetched. */
export function RouteFailure() {
  const error = useRouteError();
  // Once: its time is that of the failure.
  const [details] = useState(() => failureDetails(error));
  const isMissing = isLoadFailure(error);
  return (
    <Stack gap="sm" role="alert" p="md" maw={720}>
      <PageHeader title={titleOf(error, isMissing)} />
      <Text>{t(isMissing ? 'app.failure.missingText' : 'app.failure.text')}</Text>
      {!isMissing && <Text c="dimmed">{problemDetail(error)}</Text>}
      <Group>
        <Button onClick={() => location.reload()}>{t('app.failure.reload')}</Button>
        <CopyButton value={details}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              onClick={copy}
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            >
              {t(copied ? 'common.copied' : 'app.failure.copy')}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" component={Link} to="/">
          {t('app.notFound.home')}
        </Button>
      </Group>
      <details>
        <summary>{t('app.failure.details')}</summary>
        <CodeBlock text={details} label={t('app.failure.details')} />
      </details>
    </Stack>
  );
}

function titleOf(error: unknown, isMissing: boolean): string {
  if (isMissing) return t('app.failure.missing');
  return isApiError(error) ? problemTitle(error) : t('problems.defect.title');
}
