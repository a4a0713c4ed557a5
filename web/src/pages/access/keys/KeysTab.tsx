import { Drawer } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { ActionButton } from '../../../session/ActionButton';
import { KeyDetails } from './KeyDetails';
import { keysList } from './keys-list';
import { NewKey } from './NewKey';
import { SecretDialog } from '../../../ui/SecretDialog';
import { useOpenItem } from '../../../list/use-open-item';

const fresh = 'new';

/** API keys: who may ask what. `?key=7` shows one, `?key=new` makes one. */
export function KeysTab() {
  const [shown, show] = useOpenItem('key');
  const [secret, setSecret] = useState<string | null>(null);
  const close = (): void => show(null);
  const add = (
    <ActionButton
      operation="createApiKey"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => show(fresh)}
    >
      {t('developers.keys.new')}
    </ActionButton>
  );
  return (
    <>
      <List
        definition={keysList}
        onOpen={({ id }) => show(id)}
        actions={add}
        empty={{
          icon: IconKey,
          title: t('developers.keys.empty'),
          text: t('developers.keys.emptyText'),
          action: add,
          docs: '/docs',
        }}
      />
      <Drawer
        opened={shown !== null}
        onClose={close}
        position="right"
        size="md"
        title={t(shown === fresh ? 'developers.keys.new' : 'developers.keys.one')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {shown === fresh && <NewKey onClose={close} onMade={setSecret} />}
        {shown !== null && shown !== fresh && <KeyDetails key={shown} id={shown} onClose={close} />}
      </Drawer>
      <SecretDialog
        secret={secret}
        title={t('developers.keys.secretTitle')}
        text={t('developers.keys.secretText')}
        onClose={() => setSecret(null)}
      />
    </>
  );
}
