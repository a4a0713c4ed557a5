import '../../../i18n/late/bounces';
import { IconMailX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ClearAddress } from '../../../form/ClearAddress';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { refreshLists } from '../../../list/refresh';
import { useRight } from '../../../session/rights';
import { PageHeader } from '../../../ui/PageHeader';
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
      <ClearAddress
        asked={asked}
        onClose={() => setAsked(null)}
        onCleared={() => refreshLists(queries, 'bouncedAddresses')}
      />
    </>
  );
}
