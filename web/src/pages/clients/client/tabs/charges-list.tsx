import { readList } from '../../../../api/lists';
import type { components } from '../../../../api/schema';
import type { ListDefinition } from '../../../../list/definition';
import { Money, SignedMoney } from '../../../../ui/text/Money';
import { Time } from '../../../../ui/text/Time';

type Entry = components['schemas']['LedgerEntry'];

/** The charges of a day, one by one. */
export const chargesList: ListDefinition<Entry> = {
  kind: 'payments',
  name: 'ledger-entries',
  title: 'client.entries.charges',
  sort: '-at',
  load: ({ clientId = '', ...query }, signal) => readList('/v1/clients/{id}/entries', query, signal, { id: clientId }),
  idOf: ({ entryId }) => entryId,
  nameOf: ({ id }) => id,
  columns: [
    {
      id: 'at',
      label: 'client.entry.at',
      sort: 'at',
      isName: true,
      render: ({ at }) => <Time at={at} format="second" />,
    },
    {
      id: 'amount',
      label: 'client.entry.amount',
      align: 'right',
      exportedWith: ['currency'],
      render: ({ amount, currency }) => <SignedMoney amount={amount} currency={currency} />,
    },
    {
      id: 'liveAfter',
      label: 'client.entry.liveAfter',
      align: 'right',
      render: ({ liveAfter, currency }) => <Money value={{ amount: liveAfter, currency }} />,
    },
    { id: 'id', label: 'client.entry.id', render: ({ id }) => id },
    { id: 'note', label: 'client.entry.note', optional: true, render: ({ note }) => note ?? '' },
  ],
  filters: [],
};
