import { membersOf, type CreditLimitStep } from '../../api/types';
import type { ReactNode } from 'react';
import { readList } from '../../api/lists';
import type { components } from '../../api/schema';
import { clientSource } from '../../form/sources';
import { t } from '../../i18n/t';
import type { ListDefinition } from '../../list/definition';
import { Actor } from '../../ui/audit/Actor';
import { Money } from '../../ui/text/Money';
import { Time } from '../../ui/text/Time';
import { reasonText } from '../../ui/text/reason-text';

type Change = components['schemas']['CreditLimitChangeItem'];

const kinds = membersOf<CreditLimitStep>({
  set: true,
  granted: true,
  started: true,
  changed: true,
  cancelled: true,
  reverted: true,
});

export const historyList: ListDefinition<Change> = {
  kind: 'credits',
  name: 'credit-limit-changes',
  title: 'credit.tab.history',
  load: (query, signal) => readList('/v1/credit-limit-changes', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ clientName, id }) => `${clientName} #${id}`,
  sort: '-id',
  search: { parameter: 'q', placeholder: 'credit.search' },
  columns: [
    // Numbers grow with time.
    { id: 'at', label: 'credit.at', sort: 'id', render: ({ at }) => <Time at={at} /> },
    { id: 'clientName', label: 'form.picker.client', isName: true, render: ({ clientName }) => clientName },
    { id: 'kind', label: 'credit.what', render: ({ kind }) => t(`credit.kind.${kind}`) },
    ...step('permanent', 'credit.permanent'),
    ...step('temporary', 'credit.temporary'),
    { id: 'actor', label: 'credit.by', render: ({ actor, actorName }) => <Actor actor={actor} name={actorName} /> },
    { id: 'reason', label: 'common.reason', render: ({ reason }) => reasonText(reason) },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'credit.what',
      parameter: 'kind',
      multiple: true,
      options: () => kinds.map((value) => ({ value, label: t(`credit.kind.${value}`) })),
    },
    { kind: 'reference', label: 'form.picker.client', parameter: 'clientId', ...clientSource },
    { kind: 'time', label: 'credit.at', from: 'from', to: 'to' },
    { kind: 'text', label: 'credit.by', parameter: 'actor', placeholder: 'user:3' },
  ],
};

function step(
  part: 'permanent' | 'temporary',
  group: 'credit.permanent' | 'credit.temporary',
): ListDefinition<Change>['columns'] {
  const column = (end: 'before' | 'after'): ListDefinition<Change>['columns'][number] => ({
    id: `${part}${end === 'before' ? 'Before' : 'After'}`,
    label: `credit.${end}`,
    group,
    align: 'right',
    exportedWith: ['currency'],
    render: (change) => <Step change={change} part={part} end={end} />,
  });
  return [column('before'), column('after')];
}

interface StepProps {
  readonly change: Change;
  readonly part: 'permanent' | 'temporary';
  readonly end: 'before' | 'after';
}

/** What stays as it is steps back. */
function Step({ change, part, end }: StepProps): ReactNode {
  const { before, after } = change[part];
  return (
    <span
      style={before === after ? { color: 'var(--mantine-color-dimmed)' } : { fontWeight: end === 'after' ? 600 : 400 }}
    >
      <Money value={{ amount: change[part][end], currency: change.currency }} />
    </span>
  );
}
