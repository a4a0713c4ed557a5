import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useRouteError } from 'react-router';
import { isApiError, problemDetail, problemTitle } from '../api/problems';
import { t } from '../i18n/t';
import { PageHeader } from '../ui/PageHeader';

/** What stands in the place of a page that broke, or whose code could not be fetched. */
export function RouteFailure() {
  const error = useRouteError();
  const isStale =
    error instanceof TypeError && /dynamically imported module|module script|Importing/i.test(error.message);
  const detail = isStale ? null : problemDetail(error);
  return (
    <Stack gap="sm" role="alert" p="md" maw={720}>
      <PageHeader title={isStale ? t('app.failure.stale') : problemTitle(error)} />
      <Text>{isStale ? t('app.failure.staleText') : t('app.failure.text')}</Text>
      {detail && <Code block>{detail}</Code>}
      {isApiError(error) && error.requestId && (
        <Text size="sm">{t('problems.requestId', { id: error.requestId })}</Text>
      )}
      <Group>
        <Button onClick={() => location.reload()}>{t('app.failure.reload')}</Button>
        <Button variant="default" component="a" href="/">
          {t('app.notFound.home')}
        </Button>
      </Group>
    </Stack>
  );
}
