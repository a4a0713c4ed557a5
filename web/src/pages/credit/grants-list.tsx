import { membersOf, type GrantStatus as Status } from '../../api/types';
import { Text } from '@mantine/core';
import { readList } from '../../api/lists';
import type { components } from '../../api/schema';
import { clientSource } from '../../form/sources';
import { t } from '../../i18n/t';
import type { ListDefinition } from '../../list/definition';
import { Actor } from '../../ui/audit/Actor';
import { Truncated } from '../../ui/cells/Truncated';
import { Money } from '../../ui/text/Money';
import { LimitChange } from '../../form/grant/LimitChange';
import { Time } from '../../ui/text/Time';
import { GrantStatus } from './GrantStatus';
import { reasonText } from '../../ui/text/reason-text';

export type Grant = components['schemas']['TemporaryCreditItem'];

const grantStatuses = membersOf<Status>({ scheduled: true, active: true, reverted: true, cancelled: true });

export const grantsList: ListDefinition<Grant> = {
  kind: 'credits',
  name: 'temporary-credits',
  title: 'credit.tab.grants',
  load: (query, signal) => readList('/v1/temporary-credits', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ clientName, id }) => `${clientName} #${id}`,
  sort: '-validFrom',
  search: { parameter: 'q', placeholder: 'credit.search' },
  columns: [
    {
      id: 'clientName',
      label: 'form.picker.client',
      sort: 'clientName',
      isName: true,
      render: ({ clientName }) => clientName,
    },
    { id: 'status', label: 'common.status', sort: 'status', render: (grant) => <GrantStatus grant={grant} /> },
    {
      id: 'amount',
      exportedWith: ['percent', 'currency'],
      label: 'credit.amount',
      sort: 'amount',
      align: 'right',
      render: ({ amount, currency, percent }) => (
        <>
          {percent !== null && (
            <Text span size="xs" c="dimmed">
              {percent}%{' '}
            </Text>
          )}
          <Money value={{ amount, currency }} />
        </>
      ),
    },
    {
      id: 'creditLimit',
      label: 'credit.limitChange',
      exportedWith: ['currency'],
      align: 'right',
      minWindow: 1640,
      render: (grant) => <LimitChange {...grant} />,
    },
    {
      id: 'validFrom',
      label: 'credit.from',
      sort: 'validFrom',
      render: ({ validFrom }) => <Time at={validFrom} format="short" />,
    },
    {
      id: 'validUntil',
      label: 'credit.until',
      sort: 'validUntil',
      render: ({ endedAt, validUntil }) => <Time at={endedAt ?? validUntil} format="short" />,
    },
    { id: 'revertsIn', label: 'credit.revertsIn', exported: false, render: (grant) => <RevertsIn {...grant} /> },
    {
      id: 'grantedBy',
      label: 'credit.by',
      minWindow: 1400,
      render: ({ grantedBy, grantedByName }) => <Actor actor={grantedBy} name={grantedByName} />,
    },
    {
      id: 'reason',
      label: 'common.reason',
      render: ({ reason }) => <Truncated text={reasonText(reason)} width="18rem" />,
    },
    {
      id: 'createdAt',
      label: 'credit.grantedAt',
      sort: 'createdAt',
      optional: true,
      render: ({ createdAt }) => <Time at={createdAt} />,
    },
    {
      id: 'warnedAt',
      label: 'credit.expiryNotifiedAt',
      optional: true,
      render: ({ warnedAt }) => <Time at={warnedAt} />,
    },
    { id: 'id', label: 'credit.id', sort: 'id', optional: true, align: 'right', render: ({ id }) => id },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'common.status',
      parameter: 'status',
      multiple: true,
      options: () => grantStatuses.map((value) => ({ value, label: t(`credit.status.${value}`) })),
    },
    {
      kind: 'choice',
      label: 'credit.expiring',
      parameter: 'expiringWithinDays',
      options: () => [1, 3, 7, 30].map((n) => ({ value: String(n), label: t('credit.withinDays', { n }) })),
    },
    { kind: 'reference', label: 'form.picker.client', parameter: 'clientId', ...clientSource },
    { kind: 'time', label: 'credit.validWithin', from: 'from', to: 'to' },
    { kind: 'text', label: 'form.currency', parameter: 'currency', placeholder: 'USD' },
    { kind: 'text', label: 'credit.by', parameter: 'grantedBy', placeholder: 'user:3' },
  ],
};

function RevertsIn({ status, validUntil }: Grant) {
  return status === 'active' || status === 'scheduled' ? <Time at={validUntil} show="relative" /> : null;
}
