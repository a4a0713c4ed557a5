import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { keys } from '../../api/keys';
import type { components } from '../../api/schema';

export type Channel = components['schemas']['NotificationChannel'];

const debounceMs = 250;
const freshMs = 60_000;
const shownAtOnce = 20;

interface FoundChannels {
  readonly options: readonly Channel[];
  readonly isSearching: boolean;
}

/** The enabled channels that rules of a reseller can notify, by name. */
export function useChannelSearch(resellerId: string, text: string): FoundChannels {
  const [asked] = useDebouncedValue(text.trim(), debounceMs);
  const query = {
    usableBy: resellerId,
    enabled: 'true',
    limit: shownAtOnce,
    ...(asked !== '' && { q: asked }),
  } as const;
  const { data, isFetching } = useQuery({
    queryKey: keys.one('channels', 'usable', 'search', query),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/notification-channels', { params: { query }, signal })),
    enabled: resellerId !== '',
    placeholderData: keepPreviousData,
    staleTime: freshMs,
  });
  return { options: data?.data ?? [], isSearching: isFetching || asked !== text.trim() };
}

/** Of these, the channels that rules of a reseller can name, also disabled ones; undefined: not known yet. */
export function useChannels(resellerId: string, ids: readonly string[]): ReadonlyMap<string, Channel> | undefined {
  const id = [...new Set(ids)].sort().join(',');
  const query = { usableBy: resellerId, id, limit: 200 } as const;
  const { data } = useQuery({
    queryKey: keys.one('channels', 'usable', 'named', query),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/notification-channels', { params: { query }, signal })),
    enabled: resellerId !== '' && id !== '',
    placeholderData: keepPreviousData,
    staleTime: freshMs,
  });
  return data && new Map(data.data.map((channel) => [channel.id, channel]));
}
