import { queryOptions } from '@tanstack/react-query';
import { api, unwrapVersioned } from '../../api/client';

export const contactsQuery = queryOptions({
  queryKey: ['panel', 'contacts'],
  queryFn: ({ signal }) => unwrapVersioned(api.GET('/v1/panel/contacts', { signal })),
});
