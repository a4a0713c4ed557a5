import { Drawer, Skeleton } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { useOpenItem } from '../../../list/use-open-item';
import { ActionButton } from '../../../session/ActionButton';
import { FailedState } from '../../../ui/FailedState';
import { SecretDialog } from '../../../ui/SecretDialog';
import { EndpointDetails } from './EndpointDetails';
import { EndpointForm } from './EndpointForm';
import { endpointsList } from './endpoints-list';
import { endpointQuery } from './queries';

const fresh = 'new';

/** Addresses that receive events. `?endpoint=7` shows one. */
export function EndpointsTab() {
  const [shown, show] = useOpenItem('endpoint');
  const [isEditing, setEditing] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const close = (): void => {
    setEditing(false);
    show(null);
  };
  const add = (
    <ActionButton
      operation="createWebhookEndpoint"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => show(fresh)}
    >
      {t('webhooks.create')}
    </ActionButton>
  );
  return (
    <>
      <List
        definition={endpointsList}
        onOpen={({ id }) => show(id)}
        actions={add}
        empty={{
          icon: IconWebhook,
          title: t('webhooks.none'),
          text: t('webhooks.none.text'),
          action: add,
          docs: '/docs#tag/webhooks',
        }}
      />
      <Drawer
        opened={shown !== null}
        onClose={close}
        position="right"
        size="md"
        title={t(shown === fresh ? 'webhooks.create' : 'webhooks.one')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {shown === fresh && <EndpointForm endpoint={null} etag={null} onClose={close} onSecret={setSecret} />}
        {shown !== null && shown !== fresh && !isEditing && (
          <EndpointDetails
            key={shown}
            id={shown}
            onClose={close}
            onEdit={() => setEditing(true)}
            onSecret={setSecret}
          />
        )}
        {shown !== null && shown !== fresh && isEditing && (
          <EditEndpoint key={shown} id={shown} onClose={() => setEditing(false)} />
        )}
      </Drawer>
      <SecretDialog
        secret={secret}
        title={t('webhooks.secretTitle')}
        text={t('webhooks.secretText')}
        onClose={() => setSecret(null)}
      />
    </>
  );
}

function EditEndpoint({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { data, error, refetch } = useQuery(endpointQuery(id));
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={280} />;
  return <EndpointForm endpoint={data.value} etag={data.etag} onClose={onClose} onSecret={() => undefined} />;
}
