import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';

/** What the link of this address does. The token follows `#`: it reaches no server's log. */
export const panelLinkQuery = (token: string) =>
  queryOptions({
    queryKey: ['panel', 'link', token],
    queryFn: () => unwrap(api.POST('/v1/panel/links/read', { body: { token } })),
    enabled: token !== '',
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
