import { Drawer, Stack } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../i18n/t';
import { List } from '../../list/List';
import { CopyText } from '../../ui/CopyText';
import { Diff } from '../../ui/Diff';
import { Time } from '../../ui/Time';
import { changes, type Change } from './audit-list';
import { Facts } from './Facts';
import type { Client } from './queries';

/** Who changed what of this client, and why. */
export function AuditTab({ client }: { readonly client: Client }) {
  const [opened, setOpened] = useState<Change | null>(null);
  return (
    <>
      <List
        definition={changes}
        prefix="a."
        fixed={{ clientId: client.id }}
        onOpen={setOpened}
        empty={{ icon: IconHistory, title: t('client.audit.none'), text: t('client.audit.none.text') }}
      />
      <Drawer
        opened={opened !== null}
        onClose={() => setOpened(null)}
        position="right"
        size="lg"
        title={opened?.action}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {opened && <Details change={opened} zone={client.timezone} />}
      </Drawer>
    </>
  );
}

function Details({ change, zone }: { readonly change: Change; readonly zone: string }) {
  const { at, actor, source, subjectType, subjectId, reason, requestId, before, after } = change;
  return (
    <Stack gap="md">
      <Facts
        facts={[
          [t('client.audit.at'), <Time key="at" at={at} format="second" clientZone={zone} />],
          [t('client.audit.actor'), actor],
          [t('client.audit.source'), source],
          [t('client.audit.subject'), `${subjectType} ${subjectId}`],
          [t('common.reason'), reason ?? t('common.none')],
          [
            t('ui.failed.requestId'),
            requestId === null ? (
              t('common.none')
            ) : (
              <CopyText key="request" value={requestId} label={t('ui.failed.requestId')} />
            ),
          ],
        ]}
      />
      <Diff before={before} after={after} />
    </Stack>
  );
}
