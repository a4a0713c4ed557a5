import { Group, Stack } from '@mantine/core';
import { IconFileInvoice } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { t } from '../../../../i18n/t';
import { InvoiceDrawer } from '../../../../list/invoices/InvoiceDrawer';
import { clientInvoicesList } from '../../../../list/invoices/invoices-list';
import { List } from '../../../../list/List';
import { useItemHref, useOpenItem } from '../../../../list/use-open-item';
import { ActionButton } from '../../../../session/ActionButton';
import { Fields } from '../../../../ui/Fields';
import { Money } from '../../../../ui/text/Money';
import { Time } from '../../../../ui/text/Time';
import type { Dialog } from '../dialogs/ClientDialogs';
import { LastInvoicedDialog } from '../dialogs/LastInvoicedDialog';
import { balancesQuery, type Client } from '../queries';

interface InvoicesTabProps {
  readonly client: Client;
  readonly onDialog: (dialog: Dialog) => void;
}

/** What the client was invoiced, what of it is due, and what nothing has used yet. */
export function InvoicesTab({ client, onDialog }: InvoicesTabProps): ReactNode {
  const [shown, show] = useOpenItem('invoice');
  const hrefOf = useItemHref('invoice');
  const [isMarking, setMarking] = useState(false);
  const gone = client.status === 'deleted' ? t('client.headline.deleted') : null;
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-start">
        <Settled client={client} />
        <Group gap="xs">
          <ActionButton
            isInRow
            operation="setLastInvoiced"
            size="xs"
            variant="default"
            blocked={gone}
            onClick={() => setMarking(true)}
          >
            {t('invoices.lastInvoiced.set')}
          </ActionButton>
          <ActionButton
            operation="createInvoice"
            size="xs"
            blocked={gone}
            onClick={() => onDialog({ kind: 'invoice' })}
          >
            {t('invoices.new')}
          </ActionButton>
        </Group>
      </Group>
      <List
        definition={clientInvoicesList}
        prefix="i."
        fixed={{ clientId: client.id }}
        hrefOf={({ id }) => hrefOf(id)}
        empty={{
          icon: IconFileInvoice,
          title: t('invoices.none'),
          text: t('invoices.new.hint'),
          docs: '/docs#tag/invoices',
        }}
      />
      <InvoiceDrawer id={shown} onShow={show} />
      {isMarking && <LastInvoicedDialog client={client} onClose={() => setMarking(false)} />}
    </Stack>
  );
}

function Settled({ client }: { readonly client: Client }): ReactNode {
  const { data } = useQuery(balancesQuery(client.id));
  if (!data) return null;
  const { currency, outstanding, unallocated, lastInvoicedAt, nextInvoiceAt } = data;
  return (
    <Fields
      rows={[
        [t('invoices.outstanding'), <Money key="outstanding" value={{ amount: outstanding, currency }} />],
        [t('invoices.unallocated'), <Money key="unallocated" value={{ amount: unallocated, currency }} />],
        [
          t('invoices.lastInvoiced'),
          <Time key="last" at={lastInvoicedAt} clientZone={client.timezone} none={t('invoices.lastInvoiced.never')} />,
        ],
        [
          t('invoices.nextInvoice'),
          <Time key="next" at={nextInvoiceAt} clientZone={client.timezone} none={t(noInvoiceText(client))} />,
        ],
      ]}
    />
  );
}

/** Autoinvoicing that is on and does nothing says what is missing. */
function noInvoiceText({
  autoinvoicing,
  paymentTermsId,
}: Client): 'invoices.nextInvoice.noTerms' | 'invoices.nextInvoice.none' {
  return autoinvoicing && paymentTermsId === null ? 'invoices.nextInvoice.noTerms' : 'invoices.nextInvoice.none';
}
