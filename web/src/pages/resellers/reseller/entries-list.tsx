import { api, unwrap } from '../../../api/client';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { EmptyCell } from '../../../ui/cells/EmptyCell';
import { Money, SignedMoney } from '../../../ui/text/Money';
import { Time } from '../../../ui/text/Time';
import type { ResellerEntry } from '../queries';

const lists = new Map<string, ListDefinition<ResellerEntry>>();

/** The ledger of one reseller; the same object at each drawing. */
export function entriesOf(id: string): ListDefinition<ResellerEntry> {
  const known = lists.get(id);
  if (known) return known;
  const made: ListDefinition<ResellerEntry> = {
    kind: 'resellerEntries',
    name: 'reseller-entries',
    title: 'resellers.entries',
    load: (query, signal) =>
      unwrap(api.GET('/v1/resellers/{id}/entries', { params: { path: { id }, query: query as object }, signal })),
    idOf: ({ entryId }) => entryId,
    nameOf: ({ id: reference }) => reference,
    sort: '-at',
    exported: false,
    columns: [
      { id: 'at', label: 'resellers.entries.at', sort: 'at', render: ({ at }) => <Time at={at} /> },
      { id: 'kind', label: 'resellers.entries.kind', render: ({ kind }) => t(`resellers.entries.kind.${kind}`) },
      { id: 'id', label: 'resellers.entries.reference', isName: true, render: ({ id: reference }) => reference },
      {
        ...{ id: 'amount', label: 'resellers.entries.amount', align: 'right' },
        render: ({ amount, currency }) => <SignedMoney amount={amount} currency={currency} />,
      },
      {
        ...{ id: 'liveAfter', label: 'resellers.entries.liveAfter', align: 'right' },
        render: ({ liveAfter, currency }) => <Money value={{ amount: liveAfter, currency }} />,
      },
      { id: 'note', label: 'resellers.entries.note', render: ({ note }) => note ?? <EmptyCell /> },
      { id: 'source', label: 'resellers.entries.source', optional: true, render: ({ source }) => source },
    ],
    filters: [
      {
        ...{ kind: 'choice', label: 'resellers.entries.kind', parameter: 'kind' },
        options: () =>
          (['payment', 'adjustment'] as const).map((value) => ({ value, label: t(`resellers.entries.kind.${value}`) })),
      },
    ],
  };
  lists.set(id, made);
  return made;
}
