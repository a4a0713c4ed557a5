import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { components } from '../../../api/schema';
import { bodyOf, hasNoErrors, type ProfileValues } from './profile-values';

export type ProfilePreview = components['schemas']['ProfilePreview'];

const debounceMs = 400;
/** Balances move while one thinks. */
const refreshMs = 30_000;

/** What the draft would do to today's clients; asked only while nothing in it is wrong. */
export function usePreview(id: string | null, values: ProfileValues): UseQueryResult<ProfilePreview> {
  const [draft] = useDebouncedValue(JSON.stringify(hasNoErrors(values) ? draftOf(values) : null), debounceMs);
  return useQuery({
    queryKey: keys.one('profiles', id ?? 'new', 'preview', draft),
    queryFn: ({ signal }) => {
      const profile = JSON.parse(draft) as ReturnType<typeof draftOf>;
      const body = { profile, ...(id !== null && { profileId: id }) };
      return unwrap(api.POST('/v1/profiles/preview', { body, signal }));
    },
    enabled: draft !== 'null',
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
    gcTime: 60_000,
  });
}

/** The draft without what no check reads: nothing is asked while a reason is typed. */
const draftOf = (values: ProfileValues) => bodyOf({ ...values, reason: '' });
