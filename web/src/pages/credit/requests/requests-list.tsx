import { readList } from '../../../api/lists';
import type { components } from '../../../api/schema';
import { membersOf } from '../../../api/types';
import { clientSource } from '../../../form/sources';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { Actor } from '../../../ui/audit/Actor';
import { Truncated } from '../../../ui/cells/Truncated';
import { Money } from '../../../ui/text/Money';
import { Time } from '../../../ui/text/Time';
import { RequestStatus } from './RequestStatus';

export type CreditRequest = components['schemas']['CreditRequest'];

const statuses = membersOf<CreditRequest['status']>({
  pending: true,
  approved: true,
  granted: true,
  refused: true,
  expired: true,
  withdrawn: true,
});
const kinds = membersOf<CreditRequest['kind']>({ temporary: true, permanent: true });

export const requestsList: ListDefinition<CreditRequest> = {
  kind: 'creditRequests',
  name: 'credit-requests',
  title: 'credit.tab.requests',
  load: (query, signal) => readList('/v1/credit-requests', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ clientName, id }) => `${clientName} #${id}`,
  sort: '-id',
  search: { parameter: 'q', placeholder: 'credit.search' },
  columns: [
    {
      id: 'clientName',
      label: 'form.picker.client',
      sort: 'clientName',
      isName: true,
      render: ({ clientName }) => clientName,
    },
    { id: 'status', label: 'common.status', sort: 'status', render: (request) => <RequestStatus request={request} /> },
    { id: 'kind', label: 'credit.request.kind', render: ({ kind }) => t(`credit.request.kind.${kind}`) },
    {
      id: 'amount',
      label: 'credit.amount',
      exportedWith: ['percent', 'currency'],
      sort: 'amount',
      align: 'right',
      render: ({ amount, currency }) => <Money value={{ amount, currency }} />,
    },
    {
      id: 'validUntil',
      label: 'credit.until',
      render: ({ validUntil }) => <Time at={validUntil} format="short" none={t('credit.request.noEnd')} />,
    },
    {
      id: 'requestedBy',
      label: 'credit.request.by',
      render: ({ requestedBy, requestedByName }) => <Actor actor={requestedBy} name={requestedByName} />,
    },
    {
      id: 'reason',
      label: 'common.reason',
      minWindow: 1400,
      render: ({ reason }) => <Truncated text={reason} width="18rem" />,
    },
    {
      id: 'createdAt',
      label: 'credit.request.at',
      sort: 'id',
      render: ({ createdAt }) => <Time at={createdAt} format="short" />,
    },
    {
      id: 'expiresAt',
      label: 'credit.request.expires',
      sort: 'expiresAt',
      render: ({ status, expiresAt }) => (status === 'pending' ? <Time at={expiresAt} show="relative" /> : null),
    },
    {
      id: 'decidedBy',
      label: 'credit.request.decidedBy',
      minWindow: 1640,
      render: ({ decidedBy, decidedByName }) => decidedBy && <Actor actor={decidedBy} name={decidedByName} />,
    },
    { id: 'id', label: 'credit.id', optional: true, align: 'right', render: ({ id }) => id },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'common.status',
      parameter: 'status',
      multiple: true,
      options: () => statuses.map((value) => ({ value, label: t(`credit.request.status.${value}`) })),
    },
    {
      kind: 'choice',
      label: 'credit.request.kind',
      parameter: 'kind',
      options: () => kinds.map((value) => ({ value, label: t(`credit.request.kind.${value}`) })),
    },
    { kind: 'reference', label: 'form.picker.client', parameter: 'clientId', ...clientSource },
    { kind: 'text', label: 'credit.request.by', parameter: 'requestedBy', placeholder: 'user:3' },
  ],
};
