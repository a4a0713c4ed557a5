import { readList } from '../../../api/lists';
import { clientSource } from '../../../form/sources';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { ClientLink } from '../../../ui/cells/ClientLink';
import { EmptyCell } from '../../../ui/cells/EmptyCell';
import { Truncated } from '../../../ui/cells/Truncated';
import { Time } from '../../../ui/text/Time';
import { DeliveryStatus } from './badges';
import { deliveryKinds, deliveryKindText, endpointSource, type WebhookDelivery } from './queries';

const statuses = ['pending', 'accepted', 'failed', 'skipped', 'superseded'] as const;

export const webhookDeliveriesList: ListDefinition<WebhookDelivery> = {
  kind: 'webhookDeliveries',
  name: 'webhook-deliveries',
  title: 'developers.tab.deliveries',
  load: (query, signal) => readList('/v1/webhook-deliveries', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ kind, endpointName }) => `${deliveryKindText(kind)}, ${endpointName}`,
  sort: '-createdAt',
  columns: [
    {
      id: 'createdAt',
      label: 'webhooks.queued',
      sort: 'createdAt',
      render: ({ createdAt }) => <Time at={createdAt} format="second" />,
    },
    {
      id: 'kind',
      label: 'events.kind',
      isName: true,
      exportedWith: ['eventStatus', 'eventId'],
      render: ({ kind, eventStatus }) =>
        eventStatus === 'resolved' ? t('webhooks.resolved', { event: deliveryKindText(kind) }) : deliveryKindText(kind),
    },
    { id: 'status', label: 'common.status', render: ({ status }) => <DeliveryStatus status={status} /> },
    {
      id: 'endpointName',
      label: 'webhooks.one',
      exportedWith: ['endpointId'],
      render: ({ endpointName }) => endpointName,
    },
    {
      id: 'clientName',
      label: 'events.client',
      exportedWith: ['clientId'],
      render: ({ clientId, clientName }) =>
        clientId === null ? <EmptyCell /> : <ClientLink id={clientId} name={clientName ?? clientId} width={200} />,
    },
    { id: 'attempts', label: 'webhooks.attempts', align: 'right', render: ({ attempts }) => attempts },
    {
      id: 'error',
      label: 'webhooks.error',
      exportedWith: ['responseStatus'],
      render: ({ error }) => error && <Truncated text={error} width={220} />,
    },
    {
      id: 'nextAttemptAt',
      label: 'webhooks.next',
      render: ({ nextAttemptAt }) => <Time at={nextAttemptAt} show="relative" none="" />,
    },
    { id: 'sequence', label: 'webhooks.sequence', align: 'right', optional: true, render: ({ sequence }) => sequence },
    { id: 'subject', label: 'webhooks.subject', optional: true, render: ({ subject }) => subject },
    {
      id: 'messageId',
      label: 'webhooks.messageId',
      optional: true,
      render: ({ messageId }) => <Truncated text={messageId} width={220} />,
    },
    {
      id: 'endedAt',
      label: 'webhooks.ended',
      optional: true,
      render: ({ endedAt }) => <Time at={endedAt} format="second" none="" />,
    },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'common.status',
      parameter: 'status',
      multiple: true,
      options: () => statuses.map((value) => ({ value, label: t(`webhooks.status.${value}`) })),
    },
    { kind: 'reference', label: 'webhooks.one', parameter: 'endpointId', ...endpointSource },
    {
      kind: 'choice',
      label: 'events.kind',
      parameter: 'kind',
      multiple: true,
      options: () => deliveryKinds.map((value) => ({ value, label: deliveryKindText(value) })),
    },
    { kind: 'reference', label: 'events.client', parameter: 'clientId', ...clientSource },
    { kind: 'text', label: 'webhooks.eventId', parameter: 'eventId' },
    { kind: 'time', label: 'webhooks.queued', from: 'from', to: 'to', picks: ['-24h', '-7d', '-30d'] },
  ],
};
