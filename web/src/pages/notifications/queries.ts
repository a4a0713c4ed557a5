import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { keys } from '../../api/keys';
import type { components } from '../../api/schema';

export type NotificationItem = components['schemas']['Notification'];
export type NotificationDetail = components['schemas']['NotificationDetail'];
/** One message to one recipient. */
export type Delivery = components['schemas']['Delivery'];
export type Attempt = components['schemas']['DeliveryAttempt'];

export const notificationQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('notifications', id),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/notifications/{id}', { params: { path: { id } }, signal })),
  });

/** Kept under the notification, so that a change of it reads the attempts again. */
export const attemptsQuery = (notificationId: string, id: string) =>
  queryOptions({
    queryKey: keys.one('notifications', notificationId, 'attempts', id),
    queryFn: async ({ signal }) =>
      (await unwrap(api.GET('/v1/deliveries/{id}/attempts', { params: { path: { id } }, signal }))).data,
  });

export type EmailPart = 'html' | 'txt' | 'eml';

/** A part of the message as it was sent: it never changes again. */
export const partQuery = (notificationId: string, id: string, part: EmailPart) =>
  queryOptions({
    queryKey: keys.one('notifications', notificationId, part, id),
    queryFn: async ({ signal }) => {
      const given = { params: { path: { id } }, signal, parseAs: 'text' } as const;
      if (part === 'html') return unwrap(api.GET('/v1/deliveries/{id}/rendered.html', given));
      if (part === 'txt') return unwrap(api.GET('/v1/deliveries/{id}/rendered.txt', given));
      return unwrap(api.GET('/v1/deliveries/{id}/rendered.eml', given));
    },
    staleTime: Infinity,
  });
