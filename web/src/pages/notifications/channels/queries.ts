import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { api, unwrap, unwrapVersioned } from '../../../api/client';
import { keys } from '../../../api/keys';
import { channelFormats } from '../../../api/kinds';
import type { components } from '../../../api/schema';
import { t } from '../../../i18n/t';
import { refreshLists } from '../../../list/refresh';

export type Channel = components['schemas']['NotificationChannel'];
export type ChannelFormat = Channel['format'];
export type TestResult = components['schemas']['NotificationChannelTest'];

export const formats = Object.keys(channelFormats) as readonly ChannelFormat[];

/** The compiler refuses a format that has no text. */
export const formatText = (format: ChannelFormat): string => t(`channels.format.${format}`);

export const channelQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('channels', id),
    queryFn: ({ signal }) =>
      unwrapVersioned(api.GET('/v1/notification-channels/{id}', { params: { path: { id } }, signal })),
  });

const shownProfiles = 20;

/** The profiles that notify the channel, the first few by name. */
export const profilesQuery = (channelId: string) =>
  queryOptions({
    queryKey: keys.one('channels', channelId, 'profiles'),
    queryFn: ({ signal }) => {
      const query = { channelId, sort: ['name' as const], limit: shownProfiles };
      return unwrap(api.GET('/v1/profiles', { params: { query }, signal }));
    },
  });

/** Shows a change of a channel wherever channels are shown: in the list, in its drawer, in the forms that offer it. */
export async function refreshChannels(queries: QueryClient): Promise<void> {
  await refreshLists(queries, 'channels');
  await queries.invalidateQueries({ queryKey: ['channels'] });
}
