import { IconMail } from '@tabler/icons-react';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { mails } from './mails-list';
import type { Client } from '../queries';

/** Every mail about this client; each opens as it was sent. */
export function MailsTab({ client }: { readonly client: Client }) {
  return (
    <List
      definition={mails}
      prefix="m."
      fixed={{ clientId: client.id, kind: 'all' }}
      hrefOf={({ id }) => `/notifications/${id}`}
      empty={{ icon: IconMail, title: t('client.mails.none'), text: t('client.mails.none.text') }}
    />
  );
}
