import { IconFileInvoice } from '@tabler/icons-react';
import { t } from '../../i18n/t';
import { InvoiceDrawer } from '../../list/invoices/InvoiceDrawer';
import { invoicesList } from '../../list/invoices/invoices-list';
import { List } from '../../list/List';
import { useItemHref, useOpenItem } from '../../list/use-open-item';
import { PageHeader } from '../../ui/PageHeader';

/** Invoices of all clients; `?invoice=7` shows one next to the list. */
export default function InvoicesPage() {
  const [shown, show] = useOpenItem('invoice');
  const hrefOf = useItemHref('invoice');
  return (
    <>
      <PageHeader title={t('app.nav.invoices')} lead={t('invoices.lead')} />
      <List
        definition={invoicesList}
        hrefOf={({ id }) => hrefOf(id)}
        empty={{
          icon: IconFileInvoice,
          title: t('invoices.none'),
          text: t('invoices.none.text'),
          docs: '/docs#tag/invoices',
        }}
      />
      <InvoiceDrawer id={shown} onShow={show} />
    </>
  );
}
