import '../../../i18n/late/bounces';
import { IconMailX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../../api/client';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { refreshLists } from '../../../list/refresh';
import { useRight } from '../../../session/rights';
import { PageHeader } from '../../../ui/PageHeader';
import { toastDone } from '../../../ui/toast';
import { bouncedList, type BouncedAddress } from './bounced-list';

/** Addresses from which emails came back; opening one asks whether it works again. */
export default function BouncedAddressesPage() {
  const queries = useQueryClient();
  const right = useRight('clearBouncedAddress');
  const [asked, setAsked] = useState<BouncedAddress | null>(null);
  const open = (row: BouncedAddress): void => {
    if (right.allowed && row.clearedAt === null) setAsked(row);
  };
  return (
    <>
      <PageHeader title={t('app.list.bounced')} lead={t('bounces.lead')} />
      <List
        definition={bouncedList}
        onOpen={open}
        empty={{
          icon: IconMailX,
          title: t('bounces.empty'),
          text: t('bounces.emptyText'),
          docs: '/docs#tag/notifications',
        }}
      />
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t('bounces.clearTitle', { address: asked?.address ?? '' })}
        effect={t('bounces.clearEffect')}
        confirm={t('bounces.clear')}
        reason="required"
        onConfirm={async (reason) => {
          const params = { path: { id: asked?.id ?? '' } };
          await unwrap(api.POST('/v1/bounced-addresses/{id}/clear', { params, body: { reason } }));
          toastDone(t('bounces.clearedToast'));
          await refreshLists(queries, 'bouncedAddresses');
          await queries.invalidateQueries({ queryKey: ['bouncedAddresses'] });
        }}
      />
    </>
  );
}
