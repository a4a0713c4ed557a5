import { Code } from '@mantine/core';
import { IconBan, IconCircleCheck, IconClockOff, IconPlayerPause } from '@tabler/icons-react';
import { readList } from '../../../api/lists';
import type { components } from '../../../api/schema';
import { resellerSource, userSource } from '../../../form/sources';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { Actor } from '../../../ui/audit/Actor';
import { Money } from '../../../ui/text/Money';
import { Time } from '../../../ui/text/Time';
import { ToneBadge } from '../../../ui/badges/ToneBadge';

export type ApiKey = components['schemas']['ApiKey'];

export const keysList: ListDefinition<ApiKey> = {
  kind: 'keys',
  name: 'api-keys',
  title: 'developers.tab.keys',
  load: (query, signal) => readList('/v1/api-keys', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  sort: '-createdAt',
  search: { parameter: 'q', placeholder: 'developers.keys.search' },
  columns: [
    { id: 'name', label: 'common.name', sort: 'name', isName: true, render: ({ name }) => name },
    { id: 'prefix', label: 'developers.keys.prefix', render: ({ prefix }) => <Code>{prefix}</Code> },
    { id: 'status', label: 'common.status', render: ({ status }) => <KeyStatus status={status} /> },
    { id: 'scopes', label: 'developers.keys.scopes', render: ({ scopes }) => <Scopes scopes={scopes} /> },
    {
      id: 'maximum',
      label: 'developers.keys.maximum',
      exported: false,
      render: ({ maximumIncrease }) => <MaximumText {...maximumIncrease} />,
    },
    {
      id: 'owner',
      label: 'developers.keys.owner',
      exported: false,
      render: ({ owner }) => owner?.name ?? t('developers.keys.noOwner'),
    },
    {
      id: 'lastUsedAt',
      label: 'developers.lastUsed',
      sort: 'lastUsedAt',
      render: ({ lastUsedAt }) => <Time at={lastUsedAt} show="relative" />,
    },
    { id: 'expiresAt', label: 'developers.keys.expires', render: ({ expiresAt }) => <Time at={expiresAt} /> },
    {
      id: 'createdAt',
      label: 'developers.created',
      sort: 'createdAt',
      render: ({ createdAt }) => <Time at={createdAt} />,
    },
    {
      id: 'createdBy',
      label: 'developers.createdBy',
      optional: true,
      render: ({ createdBy }) => <Actor actor={createdBy} />,
    },
    { id: 'resellerName', label: 'developers.reseller', optional: true, render: ({ resellerName }) => resellerName },
    {
      id: 'revokedAt',
      label: 'developers.keys.revokedAt',
      optional: true,
      render: ({ revokedAt }) => <Time at={revokedAt} />,
    },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'common.status',
      parameter: 'status',
      options: () => [{ value: 'usable', label: t('developers.keys.status.usable') }],
    },
    { kind: 'reference', label: 'developers.keys.owner', parameter: 'ownerId', ...userSource },
    { kind: 'reference', label: 'developers.reseller', parameter: 'resellerId', ...resellerSource },
  ],
};

const looks = {
  usable: { tone: 'green', icon: IconCircleCheck },
  suspended: { tone: 'amber', icon: IconPlayerPause },
  expired: { tone: 'gray', icon: IconClockOff },
  revoked: { tone: 'gray', icon: IconBan },
} as const satisfies Readonly<Record<ApiKey['status'], unknown>>;

export function KeyStatus({ status }: Pick<ApiKey, 'status'>) {
  const { tone, icon } = looks[status];
  return (
    <ToneBadge tone={tone} icon={icon}>
      {t(`developers.keys.status.${status}`)}
    </ToneBadge>
  );
}

const shownScopes = 3;

function Scopes({ scopes }: Pick<ApiKey, 'scopes'>) {
  if (scopes.includes('*')) return t('developers.keys.everything');
  const more = scopes.length - shownScopes;
  return (
    <span title={scopes.join(', ')}>
      {scopes.slice(0, shownScopes).join(', ')}
      {more > 0 && ` +${more}`}
    </span>
  );
}

/** "Maximum possible increase" of a key, in one line. */
export function MaximumText({ amount, percent, days }: ApiKey['maximumIncrease']) {
  const rest = [percent === null ? null : `${percent}%`, days === null ? null : t('developers.days', { n: days })];
  const text = rest.filter((part) => part !== null).join(' · ');
  if (!amount && text === '') return t('developers.keys.noMaximum');
  return (
    <>
      {amount && <Money value={amount} />}
      {amount && text !== '' && ' · '}
      {text}
    </>
  );
}
