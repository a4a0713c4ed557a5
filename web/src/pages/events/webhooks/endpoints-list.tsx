import { readList } from '../../../api/lists';
import { resellerSource } from '../../../form/sources';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { Truncated } from '../../../ui/cells/Truncated';
import { eventKindText } from '../../../ui/text/event-text';
import { Time } from '../../../ui/text/Time';
import { EndpointStatus } from './badges';
import type { Endpoint } from './queries';

export const endpointsList: ListDefinition<Endpoint> = {
  kind: 'webhookEndpoints',
  name: 'webhook-endpoints',
  title: 'developers.tab.endpoints',
  load: (query, signal) => readList('/v1/webhook-endpoints', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  sort: 'name',
  search: { parameter: 'q', placeholder: 'webhooks.search' },
  columns: [
    { id: 'name', label: 'common.name', sort: 'name', isName: true, render: ({ name }) => name },
    {
      id: 'enabled',
      label: 'common.status',
      exportedWith: ['disabledBy', 'lastOutcome'],
      render: (endpoint) => <EndpointStatus {...endpoint} />,
    },
    { id: 'url', label: 'webhooks.url', render: ({ url }) => <Truncated text={url} width={280} /> },
    { id: 'kinds', label: 'webhooks.kinds', render: ({ kinds }) => <Truncated text={kindsText(kinds)} width={200} /> },
    { id: 'lastAt', label: 'webhooks.lastAt', render: ({ lastAt }) => <Time at={lastAt} show="relative" /> },
    { id: 'pending', label: 'webhooks.pending', align: 'right', render: ({ pending }) => pending },
    { id: 'failed', label: 'webhooks.failed', align: 'right', render: ({ failed }) => failed },
    { id: 'skipped', label: 'webhooks.skipped', align: 'right', optional: true, render: ({ skipped }) => skipped },
    { id: 'resellerName', label: 'events.reseller', optional: true, render: ({ resellerName }) => resellerName },
    {
      id: 'createdAt',
      label: 'developers.created',
      sort: 'createdAt',
      optional: true,
      render: ({ createdAt }) => <Time at={createdAt} />,
    },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'common.status',
      parameter: 'enabled',
      options: () => [
        { value: 'true', label: t('webhooks.enabled') },
        { value: 'false', label: t('webhooks.disabled.user') },
      ],
    },
    {
      kind: 'choice',
      label: 'webhooks.lastOutcome',
      parameter: 'lastOutcome',
      options: () =>
        (['accepted', 'failed'] as const).map((value) => ({ value, label: t(`webhooks.status.${value}`) })),
    },
    { kind: 'reference', label: 'events.reseller', parameter: 'resellerId', ...resellerSource },
  ],
};

export function kindsText(kinds: Endpoint['kinds']): string {
  return kinds === null ? t('webhooks.kinds.all') : kinds.map(eventKindText).join(', ');
}
