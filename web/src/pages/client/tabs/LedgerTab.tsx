import { IconCoins } from '@tabler/icons-react';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { ActionButton } from '../../../session/ActionButton';
import type { Dialog } from '../dialogs/ClientDialogs';
import { postedKinds, postingOperations } from '../dialogs/EntryForm';
import { entries } from './entries-list';
import type { Client } from '../queries';

interface MoneyTabProps {
  readonly client: Client;
  readonly onDialog: (dialog: Dialog) => void;
}

/** What moved the balances, and the forms for what the billing has not told. */
export function LedgerTab({ client, onDialog }: MoneyTabProps) {
  const gone = client.status === 'deleted' ? t('client.headline.deleted') : null;
  return (
    <List
      definition={entries}
      prefix="e."
      fixed={{ clientId: client.id }}
      actions={postedKinds.map((kind) => (
        <ActionButton
          key={kind}
          operation={postingOperations[kind]}
          size="xs"
          variant={kind === 'payment' ? 'filled' : 'default'}
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
  );
}
