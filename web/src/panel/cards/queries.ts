import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import type { components } from '../../api/schema';

export type PanelCardState = components['schemas']['PanelCard'];
export type CardPayment = components['schemas']['PanelCardPayment'];

export const cardQuery = queryOptions({
  queryKey: ['panel', 'card'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/panel/card', { signal })),
});

/** How a payment goes: asked for again until it has ended. */
export const paymentQuery = (id: string) =>
  queryOptions({
    queryKey: ['panel', 'card-payment', id],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/panel/card-payments/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => {
      if (!state.data || state.data.endedAt !== null) return false;
      return state.data.outcome === 'processing' ? 1000 : 10_000;
    },
  });
