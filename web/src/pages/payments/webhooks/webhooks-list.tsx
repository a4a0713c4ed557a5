import { IconCircleCheck, IconPlayerPause } from '@tabler/icons-react';
import { readList } from '../../../api/lists';
import type { components } from '../../../api/schema';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { CopyText } from '../../../ui/CopyText';
import { Time } from '../../../ui/text/Time';
import { ToneBadge } from '../../../ui/badges/ToneBadge';

export type WebhookSource = components['schemas']['WebhookSource'];

export const webhooksList: ListDefinition<WebhookSource> = {
  kind: 'webhookSources',
  name: 'webhook-sources',
  title: 'developers.tab.webhooks',
  load: (query, signal) => readList('/v1/webhook-sources', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  sort: 'name',
  columns: [
    { id: 'name', label: 'common.name', sort: 'name', isName: true, render: ({ name }) => name },
    { id: 'active', label: 'common.status', render: ({ active }) => <SourceStatus active={active} /> },
    {
      id: 'url',
      label: 'developers.hooks.url',
      render: ({ url }) => <CopyText value={fullUrl(url)} label={t('developers.hooks.url')} />,
    },
    {
      id: 'lastUsedAt',
      label: 'developers.lastUsed',
      render: ({ lastUsedAt }) => <Time at={lastUsedAt} show="relative" />,
    },
    {
      id: 'previousSecretUntil',
      label: 'developers.hooks.olderUntil',
      render: ({ previousSecretUntil }) => <Time at={previousSecretUntil} none="" />,
    },
    {
      id: 'createdAt',
      label: 'developers.created',
      sort: 'createdAt',
      render: ({ createdAt }) => <Time at={createdAt} />,
    },
  ],
  filters: [],
};

export function SourceStatus({ active }: Pick<WebhookSource, 'active'>) {
  return active ? (
    <ToneBadge tone="green" icon={IconCircleCheck}>
      {t('developers.hooks.active')}
    </ToneBadge>
  ) : (
    <ToneBadge tone="gray" icon={IconPlayerPause}>
      {t('developers.hooks.disabled')}
    </ToneBadge>
  );
}

/** Without PUBLIC_URL the service knows only the path. */
export const fullUrl = (url: string): string => new URL(url, location.origin).href;
