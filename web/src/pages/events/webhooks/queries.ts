import { queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapVersioned } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { components } from '../../../api/schema';
import type { SearchSource } from '../../../form/inputs/use-options';
import { t } from '../../../i18n/t';
import { eventKinds, eventKindText } from '../../../ui/text/event-text';

export type Endpoint = components['schemas']['WebhookEndpoint'];
export type WebhookDelivery = components['schemas']['WebhookDelivery'];
export type DeliveryDetails = components['schemas']['WebhookDeliveryDetails'];

export const endpointQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('webhookEndpoints', id),
    queryFn: ({ signal }) =>
      unwrapVersioned(api.GET('/v1/webhook-endpoints/{id}', { params: { path: { id } }, signal })),
  });

/** Refetched with every change of its endpoint, as the stream names it. */
export const deliveryQuery = (endpointId: string, id: string) =>
  queryOptions({
    queryKey: keys.one('webhookDeliveries', endpointId, 'delivery', id),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/webhook-deliveries/{id}', { params: { path: { id } }, signal })),
    // Polls a pending delivery, in case the stream is cut off.
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? 2000 : false),
  });

export const endpointSource: SearchSource = {
  searchKey: 'webhook-endpoints',
  async search(text, signal) {
    const query = { limit: 20, ...(text.trim() !== '' && { q: text.trim() }) };
    const { data } = await unwrap(api.GET('/v1/webhook-endpoints', { params: { query }, signal }));
    return data.map(({ id, name }) => ({ value: id, label: name }));
  },
  async read(id, signal) {
    return (await unwrap(api.GET('/v1/webhook-endpoints/{id}', { params: { path: { id } }, signal }))).name;
  },
};

export function deliveryKindText(kind: WebhookDelivery['kind']): string {
  return kind === 'webhook.test' ? t('webhooks.test') : eventKindText(kind);
}

export const deliveryKinds = [...eventKinds, 'webhook.test'] as const;
