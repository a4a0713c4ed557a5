import { Drawer, Stack } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { ActionButton } from '../../../session/ActionButton';
import { NewSource } from './NewSource';
import { SecretDialog } from '../../../ui/SecretDialog';
import { SigningGuide } from './SigningGuide';
import { SourceDetails } from './SourceDetails';
import { useOpenItem } from '../../../list/use-open-item';
import { webhooksList } from './webhooks-list';

const fresh = 'new';

/** Payment systems that post payments without an API key. `?source=7` shows one. */
export function WebhooksTab() {
  const [shown, show] = useOpenItem('source');
  const [secret, setSecret] = useState<string | null>(null);
  const close = (): void => show(null);
  const add = (
    <ActionButton
      operation="createWebhookSource"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => show(fresh)}
    >
      {t('developers.hooks.new')}
    </ActionButton>
  );
  return (
    <Stack gap="xl">
      <List
        definition={webhooksList}
        onOpen={({ id }) => show(id)}
        actions={add}
        empty={{
          icon: IconWebhook,
          title: t('developers.hooks.empty'),
          text: t('developers.hooks.emptyText'),
          action: add,
          docs: '/docs',
        }}
      />
      <SigningGuide />
      <Drawer
        opened={shown !== null}
        onClose={close}
        position="right"
        size="md"
        title={t(shown === fresh ? 'developers.hooks.new' : 'developers.hooks.one')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {shown === fresh && <NewSource onClose={close} onSecret={setSecret} />}
        {shown !== null && shown !== fresh && (
          <SourceDetails key={shown} id={shown} onClose={close} onSecret={setSecret} />
        )}
      </Drawer>
      <SecretDialog
        secret={secret}
        title={t('developers.hooks.secretTitle')}
        text={t('developers.hooks.secretText')}
        onClose={() => setSecret(null)}
      />
    </Stack>
  );
}
