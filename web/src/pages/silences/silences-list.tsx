import { readList } from '../../api/lists';
import { clientSource, resellerSource } from '../../form/sources';
import { numberFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import type { ListDefinition } from '../../list/definition';
import { Actor } from '../../ui/audit/Actor';
import { EmptyCell } from '../../ui/cells/EmptyCell';
import { Time } from '../../ui/text/Time';
import { SilenceBadge } from './SilenceBadge';
import { silenceStatuses, type Silence } from './queries';

export const silencesList: ListDefinition<Silence> = {
  kind: 'silences',
  name: 'silences',
  title: 'app.nav.silences',
  load: (query, signal) => readList('/v1/silences', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ comment }) => comment,
  sort: '-id',
  search: { parameter: 'q', placeholder: 'silences.search' },
  columns: [
    { id: 'comment', label: 'silences.comment', isName: true, grows: true, render: ({ comment }) => comment },
    { id: 'status', label: 'common.status', render: ({ status }) => <SilenceBadge status={status} /> },
    {
      id: 'resellerName',
      label: 'silences.reseller',
      sort: 'resellerName',
      render: ({ resellerName }) => resellerName,
    },
    {
      id: 'tag',
      label: 'silences.tag',
      render: ({ tag }) => (tag === null ? <EmptyCell /> : <span translate="no">{tag}</span>),
    },
    { id: 'profileName', label: 'silences.profile', render: ({ profileName }) => profileName ?? <EmptyCell /> },
    {
      id: 'clients',
      label: 'silences.clients',
      align: 'right',
      render: ({ clients }) => numberFormat(intlLocale()).format(clients),
    },
    {
      id: 'startsAt',
      label: 'silences.starts',
      sort: 'startsAt',
      render: ({ startsAt }) => <Time at={startsAt} format="short" />,
    },
    {
      id: 'endsAt',
      label: 'silences.ends',
      sort: 'endsAt',
      render: ({ endsAt }) => <Time at={endsAt} format="short" />,
    },
    {
      id: 'createdBy',
      label: 'silences.by',
      minWindow: 1400,
      render: ({ createdBy, createdByName }) => <Actor actor={createdBy} name={createdByName} />,
    },
    {
      id: 'endedBy',
      label: 'silences.endedBy',
      optional: true,
      render: ({ endedBy, endedByName }) => (endedBy ? <Actor actor={endedBy} name={endedByName} /> : <EmptyCell />),
    },
    { id: 'id', label: 'silences.id', optional: true, sort: 'id', align: 'right', render: ({ id }) => id },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'common.status',
      parameter: 'status',
      multiple: true,
      options: () => silenceStatuses.map((value) => ({ value, label: t(`silences.status.${value}`) })),
    },
    { kind: 'reference', label: 'silences.reseller', parameter: 'resellerId', ...resellerSource },
    { kind: 'reference', label: 'form.picker.client', parameter: 'clientId', ...clientSource },
  ],
};
