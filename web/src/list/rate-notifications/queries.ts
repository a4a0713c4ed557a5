import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { keys } from '../../api/keys';
import type { components } from '../../api/schema';
import { refreshLists } from '../refresh';

type Schemas = components['schemas'];
export type RateNotification = Schemas['RateNotification'];
export type RateSubscription = Schemas['RateSubscription'];
export type RatePreview = Schemas['RateNotificationPreview'];
export type RateNotificationKind = RateNotification['kind'];

export const rateNotificationQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('rateNotifications', id),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/rate-notifications/{id}', { params: { path: { id } }, signal })),
  });

interface PreviewTarget {
  readonly rateTableId: string;
  readonly clientId: string;
}

/** The rates that an email of this kind would send to the client now. */
export const ratePreviewQuery = ({ rateTableId, clientId }: PreviewTarget, kind: RateNotificationKind) =>
  queryOptions({
    queryKey: keys.one('rateSubscriptions', `${clientId}/${rateTableId}`, 'preview', kind),
    queryFn: ({ signal }) => {
      const query = { rateTableId, clientId, kind };
      return unwrap(api.GET('/v1/rate-notification-preview', { params: { query }, signal }));
    },
    staleTime: 0,
  });

/** What follows a sending. */
export function useRateNotificationsRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    for (const kind of ['rateNotifications', 'rateSubscriptions'] as const) {
      await refreshLists(queries, kind);
      await queries.invalidateQueries({ queryKey: [kind] });
    }
  };
}
