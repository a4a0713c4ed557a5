import { IconCoins } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../../../i18n/t';
import { useZone } from '../../../../i18n/zone';
import { List } from '../../../../list/List';
import { ActionButton } from '../../../../session/ActionButton';
import type { Dialog } from '../dialogs/ClientDialogs';
import { postedKinds, postingOperations } from '../dialogs/EntryForm';
import type { Client } from '../queries';
import { activityList, type Activity } from './activity-list';
import { EntryDrawer } from './EntryDrawer';

interface LedgerTabProps {
  readonly client: Client;
  readonly onDialog: (dialog: Dialog) => void;
}

/** What moved the balances, and the forms for what the billing system has not posted; payments are in the head. */
export function LedgerTab({ client, onDialog }: LedgerTabProps) {
  const [shown, setShown] = useState<Activity | null>(null);
  const timezone = useZone(client.timezone);
  const gone = client.status === 'deleted' ? t('client.headline.deleted') : null;
  return (
    <>
      <List
        definition={activityList}
        prefix="e."
        fixed={{ clientId: client.id, timezone }}
        onOpen={setShown}
        actions={postedKinds
          .filter((kind) => kind !== 'payment')
          .map((kind) => (
            <ActionButton
              key={kind}
              isInRow
              operation={postingOperations[kind]}
              size="xs"
              variant="default"
              blocked={gone}
              onClick={() => onDialog({ kind: 'entry', entry: kind })}
            >
              {t(`client.record.${kind}`)}
            </ActionButton>
          ))}
        empty={{
          icon: IconCoins,
          title: t('client.entries.none'),
          text: t('client.entries.none.text'),
          docs: '/docs',
        }}
      />
      <EntryDrawer client={client} row={shown} onClose={() => setShown(null)} />
    </>
  );
}
