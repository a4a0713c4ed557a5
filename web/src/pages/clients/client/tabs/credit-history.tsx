import { readList } from '../../../../api/lists';
import type { components } from '../../../../api/schema';
import { t } from '../../../../i18n/t';
import type { ListDefinition } from '../../../../list/definition';
import { amountText } from '../../../../ui/text/money-text';
import { intlLocale } from '../../../../i18n/language';
import { Actor } from '../../../../ui/audit/Actor';
import { Time } from '../../../../ui/text/Time';
import { reasonText } from '../../../../ui/text/reason-text';

type Change = components['schemas']['CreditLimitChangeItem'];

/** The client's credit limit history (docs/manuals.md#credit-limit), permanent and temporary side by side. */
export const creditHistory: ListDefinition<Change> = {
  kind: 'credits',
  name: 'credit-history',
  title: 'client.history',
  sort: '-id',
  exportName: 'credit-limit-changes',
  // The list over all clients, for it names who made the change.
  load: (query, signal) => readList('/v1/credit-limit-changes', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ id }) => id,
  columns: [
    { id: 'at', label: 'client.history.at', isName: true, sort: 'id', render: ({ at }) => <Time at={at} /> },
    { id: 'kind', label: 'client.history.kind', render: ({ kind }) => t(`client.history.${kind}`) },
    {
      id: 'permanent',
      label: 'client.balance.limit',
      exportedAs: ['permanentBefore', 'permanentAfter', 'currency'],
      align: 'right',
      render: ({ permanent, currency }) => <Step change={permanent} currency={currency} />,
    },
    {
      id: 'temporary',
      label: 'client.balance.temporary',
      exportedAs: ['temporaryBefore', 'temporaryAfter', 'currency'],
      align: 'right',
      render: ({ temporary, currency }) => <Step change={temporary} currency={currency} />,
    },
    {
      id: 'actor',
      label: 'client.history.actor',
      exportedWith: ['actorName'],
      render: ({ actor, actorName }) => <Actor actor={actor} name={actorName} />,
    },
    { id: 'reason', label: 'common.reason', render: ({ reason }) => reasonText(reason) },
  ],
  filters: [],
};

interface StepProps {
  readonly change: { readonly before: string; readonly after: string };
  readonly currency: string;
}

function Step({ change, currency }: StepProps) {
  const { before, after } = change;
  const text = (amount: string): string => amountText(amount, currency, intlLocale());
  return (
    <span style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
      {before === after ? text(after) : `${text(before)} → ${text(after)}`}
    </span>
  );
}
