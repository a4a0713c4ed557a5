import {
  IconAlertOctagon,
  IconCircleMinus,
  IconClock,
  IconMailCheck,
  IconRefresh,
  IconSend,
  IconZoomQuestion,
} from '@tabler/icons-react';
import { Anchor, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { readList } from '../../api/lists';
import { clientSource, rateTableSource, resellerSource } from '../../form/sources';
import { membersOf } from '../../api/types';
import { t } from '../../i18n/t';
import { LookBadge, type Look } from '../../ui/badges/ToneBadge';
import { ClientLink } from '../../ui/cells/ClientLink';
import { EmptyCell } from '../../ui/cells/EmptyCell';
import { Truncated } from '../../ui/cells/Truncated';
import { Time } from '../../ui/text/Time';
import type { ListDefinition } from '../definition';
import type { RateNotification, RateNotificationKind, RateSubscription } from './queries';

type State = RateNotification['state'];

const looks: Readonly<Record<State, Look>> = {
  scheduled: ['blue', IconClock],
  skipped: ['gray', IconCircleMinus],
  sending: ['blue', IconSend],
  retrying: ['amber', IconRefresh],
  accepted: ['green', IconMailCheck],
  failed: ['red', IconAlertOctagon],
  uncertain: ['violet', IconZoomQuestion],
};
const states = Object.keys(looks) as readonly State[];
export const notificationKinds = membersOf<RateNotificationKind>({ scheduled: true, forced: true, correction: true });

export function RateNotificationBadge({ state }: Pick<RateNotification, 'state'>): ReactNode {
  return <LookBadge look={looks[state]} text={t(`rateNotifications.state.${state}`)} />;
}

/** Emails that notified, or will notify, a client of new rates. */
export const rateNotificationsList: ListDefinition<RateNotification> = {
  kind: 'rateNotifications',
  name: 'rate-notifications',
  title: 'rateNotifications.list',
  load: (query, signal) => readList('/v1/rate-notifications', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ clientName, rateTableName }) => `${clientName}, ${rateTableName}`,
  sort: '-id',
  search: { parameter: 'q', placeholder: 'rateNotifications.search' },
  columns: [
    {
      ...{ id: 'dueAt', label: 'rateNotifications.due', sort: 'dueAt', isName: true },
      render: ({ dueAt }) => <Time at={dueAt} format="short" />,
    },
    {
      ...{ id: 'clientName', label: 'rateNotifications.client', sort: 'clientName' },
      render: ({ clientId, clientName }) => <ClientLink id={clientId} name={clientName} width={180} />,
    },
    {
      ...{ id: 'rateTableName', label: 'rateNotifications.rateTable', sort: 'rateTableName' },
      render: ({ rateTableName }) => <Truncated text={rateTableName} width={180} />,
    },
    { id: 'kind', label: 'rateNotifications.kind', render: ({ kind }) => t(`rateNotifications.kind.${kind}`) },
    { id: 'state', label: 'common.status', exportedWith: ['skipReason'], render: (row) => <Outcome row={row} /> },
    {
      ...{ id: 'total', label: 'rateNotifications.rates', align: 'right' },
      render: ({ counts }) => (counts === null ? <EmptyCell /> : counts.total),
    },
    { id: 'files', label: 'rateNotifications.files', render: (row) => <FileLinks row={row} /> },
    {
      ...{ id: 'recipient', label: 'rateNotifications.recipient' },
      render: ({ recipient }) => (recipient === null ? <EmptyCell /> : <Truncated text={recipient} width={180} />),
    },
    {
      ...{ id: 'acceptedAt', label: 'rateNotifications.accepted', optional: true },
      render: ({ acceptedAt }) => <Time at={acceptedAt} format="short" none="" />,
    },
    { id: 'id', label: 'rateNotifications.id', sort: 'id', optional: true, align: 'right', render: ({ id }) => id },
  ],
  filters: [
    {
      ...{ kind: 'choice', label: 'rateNotifications.kind', parameter: 'kind' },
      options: () => notificationKinds.map((value) => ({ value, label: t(`rateNotifications.kind.${value}`) })),
    },
    {
      ...{ kind: 'choice', label: 'common.status', parameter: 'state', multiple: true },
      options: () => states.map((value) => ({ value, label: t(`rateNotifications.state.${value}`) })),
    },
  ],
};

/** The overall page, where rows are of any client and table. */
export const allRateNotificationsList: ListDefinition<RateNotification> = {
  ...rateNotificationsList,
  filters: [
    ...rateNotificationsList.filters,
    { kind: 'reference', label: 'rateNotifications.client', parameter: 'clientId', ...clientSource },
    { kind: 'reference', label: 'rateNotifications.rateTable', parameter: 'rateTableId', ...rateTableSource },
    { kind: 'reference', label: 'clients.reseller', parameter: 'resellerId', ...resellerSource },
    { kind: 'time', label: 'rateNotifications.due', from: 'from', to: 'to' },
  ],
};

/** The files as they were sent. */
function FileLinks({ row: { id, files } }: { readonly row: RateNotification }): ReactNode {
  if (files.length === 0) return <EmptyCell />;
  return (
    <Stack gap={0} align="flex-start">
      {files.map((file) =>
        file.removedAt === null ? (
          <FileLink key={file.position} id={id} file={file} />
        ) : (
          <Text key={file.position} size="sm" c="dimmed">
            {t('rateNotifications.fileGone')}
          </Text>
        ),
      )}
    </Stack>
  );
}

interface FileLinkProps {
  readonly id: string;
  readonly file: RateNotification['files'][number];
}

/** The whole name is long, and mostly that of the client: time profile and format say which file of the row it is. */
function FileLink({ id, file: { position, fileName, timeProfile } }: FileLinkProps): ReactNode {
  const short = `${timeProfile}.${fileName.split('.').at(-1)}`;
  return (
    <Anchor
      href={`/v1/rate-notifications/${id}/files/${position}`}
      download={fileName}
      size="sm"
      translate="no"
      title={fileName}
      aria-label={`${short}: ${fileName}`}
      onClick={(event) => event.stopPropagation()}
    >
      {short}
    </Anchor>
  );
}

/** The state, and why nothing was sent. */
function Outcome({ row: { state, skipReason } }: { readonly row: RateNotification }): ReactNode {
  return (
    <>
      <RateNotificationBadge state={state} />
      {skipReason !== null && <> {t(`rateNotifications.skipped.${skipReason}`)}</>}
    </>
  );
}

/** Which client is notified of which rate table, and how. */
export const rateSubscriptionsList: ListDefinition<RateSubscription> = {
  kind: 'rateSubscriptions',
  name: 'rate-subscriptions',
  title: 'rateNotifications.subscriptions',
  load: (query, signal) => readList('/v1/rate-subscriptions', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ clientName, rateTableName }) => `${clientName}, ${rateTableName}`,
  sort: 'clientName',
  columns: [
    {
      ...{ id: 'clientName', label: 'rateNotifications.client', sort: 'clientName', isName: true },
      render: ({ clientName }) => clientName,
    },
    {
      ...{ id: 'rateTableName', label: 'rateNotifications.rateTable', sort: 'rateTableName' },
      render: ({ rateTableName }) => <Truncated text={rateTableName} width={180} />,
    },
    {
      ...{ id: 'enabled', label: 'rateNotifications.enabled' },
      render: ({ enabled }) => t(enabled ? 'common.yes' : 'common.no'),
    },
    {
      ...{ id: 'type', label: 'rateNotifications.what', exportedWith: ['format', 'unique'] },
      render: ({ type, format }) =>
        `${t(`clients.rateNotificationType.${type}`)}, ${t(`clients.rateNotificationFormat.${format}`)}`,
    },
    {
      ...{ id: 'agreementName', label: 'rateNotifications.agreement' },
      render: ({ agreementName }) => agreementName ?? <EmptyCell />,
    },
    {
      ...{ id: 'recipient', label: 'rateNotifications.recipient' },
      render: ({ recipient }) => recipient ?? <EmptyCell />,
    },
    {
      ...{ id: 'lastNotifiedAt', label: 'rateNotifications.last' },
      render: ({ lastNotifiedAt }) => (
        <Time at={lastNotifiedAt} format="short" none={t('rateNotifications.last.never')} />
      ),
    },
    {
      ...{ id: 'nextNotificationAt', label: 'rateNotifications.next' },
      render: ({ nextNotificationAt }) => (
        <Time at={nextNotificationAt} format="short" none={t('rateNotifications.next.none')} />
      ),
    },
    {
      ...{ id: 'direction', label: 'rateNotifications.direction', optional: true },
      render: ({ direction }) => t(`rateNotifications.direction.${direction}`),
    },
  ],
  filters: [
    {
      ...{ kind: 'choice', label: 'rateNotifications.enabled', parameter: 'enabled' },
      options: () => [
        { value: 'true', label: t('common.yes') },
        { value: 'false', label: t('common.no') },
      ],
    },
  ],
};
