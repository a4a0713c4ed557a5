import { Anchor } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { Link } from 'react-router';
import { api, unwrap } from '../../api/client';
import type { components } from '../../api/schema';
import { t } from '../../i18n/t';
import { Money } from '../../ui/text/Money';
import { Time } from '../../ui/text/Time';
import { PanelList } from '../PanelList';
import { PanelPage } from '../PanelPage';

type Notice = components['schemas']['PanelNotice'];

/** The emails that the client received. */
export function NoticesPage() {
  return (
    <PanelPage title={t('panel.notices')}>
      <PanelList<Notice>
        name="notices"
        label={t('panel.notices')}
        read={(cursor) => unwrap(api.GET('/v1/panel/notices', { params: { query: { ...(cursor && { cursor }) } } }))}
        columns={[
          { header: t('panel.date'), cell: ({ at }) => <Time at={at} /> },
          {
            header: t('panel.subject'),
            cell: ({ id, subject }) => (
              <Anchor component={Link} to={`/notices/${id}`} size="sm" underline="always">
                {subject}
              </Anchor>
            ),
          },
          {
            header: t('panel.availableThen'),
            isNumber: true,
            cell: ({ available: amount, currency }) => (
              <Money value={amount === null || currency === null ? null : { amount, currency }} />
            ),
          },
        ]}
        empty={{ icon: IconMail, title: t('panel.noNotices'), text: t('panel.noNoticesText') }}
      />
    </PanelPage>
  );
}
