import { Stack } from '@mantine/core';
import { IconCash } from '@tabler/icons-react';
import { t } from '../../i18n/t';
import { List } from '../../list/List';
import { useItemHref, useOpenItem } from '../../list/use-open-item';
import { useListState } from '../../list/use-list-state';
import { PageHeader } from '../../ui/PageHeader';
import { PaymentDrawer } from './PaymentDrawer';
import { paymentsList } from './payments-list';
import { addressText, parseAddress } from './queries';
import { RejectedNotice } from './RejectedNotice';

/** Payments of all clients; `?payment=7/pay-1` shows that of a client next to the list. */
export default function PaymentsPage() {
  const [shown, show] = useOpenItem('payment');
  const hrefOf = useItemHref('payment');
  const { state } = useListState(paymentsList);
  return (
    <>
      <PageHeader title={t('app.nav.payments')} lead={t('payments.lead')} />
      <Stack gap="sm">
        <RejectedNotice search={state.filters['q'] ?? null} />
        <List
          definition={paymentsList}
          hrefOf={(payment) => hrefOf(addressText(payment))}
          empty={{ icon: IconCash, title: t('payments.none'), text: t('payments.none.text'), docs: '/docs#tag/ledger' }}
        />
      </Stack>
      <PaymentDrawer address={shown === null ? null : parseAddress(shown)} onClose={() => show(null)} />
    </>
  );
}
