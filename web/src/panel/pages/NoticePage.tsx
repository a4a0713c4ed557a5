import { Anchor, Paper, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { api, unwrap } from '../../api/client';
import { t } from '../../i18n/t';
import { FailedState } from '../../ui/FailedState';
import { Time } from '../../ui/text/Time';
import { PanelPage } from '../PanelPage';

/** One email with its text. */
export function NoticePage() {
  const { id = '' } = useParams();
  const notice = useQuery({
    queryKey: ['panel', 'notice', id],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/panel/notices/{id}', { params: { path: { id } }, signal })),
  });
  return (
    <PanelPage title={notice.data?.subject ?? t('panel.notice')}>
      {notice.isPending && <Skeleton h={200} />}
      {notice.error && <FailedState error={notice.error} onRetry={() => void notice.refetch()} />}
      {notice.data && (
        <>
          <Text size="sm" c="dimmed">
            <Time at={notice.data.at} />
          </Text>
          <Paper withBorder p="md" radius="md">
            <pre className="notice">{notice.data.text}</pre>
          </Paper>
        </>
      )}
      <Anchor component={Link} to="/notices" size="sm" underline="always">
        {t('panel.allNotices')}
      </Anchor>
    </PanelPage>
  );
}
