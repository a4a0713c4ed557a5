import { queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapVersioned, type Versioned } from '../../api/client';
import { keys } from '../../api/keys';
import type { components } from '../../api/schema';
import { membersOf } from '../../api/types';

export type Silence = components['schemas']['ClientsSilence'];

export const silenceStatuses = membersOf<Silence['status']>({ active: true, pending: true, expired: true });

export function readSilence(id: string, signal: AbortSignal): Promise<Versioned<Silence>> {
  return unwrapVersioned(api.GET('/v1/silences/{id}', { params: { path: { id } }, signal }));
}

/** Which clients a silence covers; an empty field matches any. */
export interface SilenceMatcher {
  readonly resellerId: string;
  readonly tag: string;
  readonly profileId: string;
}

/** As the API takes it: what is empty is left out. */
export function matcherBody({ resellerId, tag, profileId }: SilenceMatcher) {
  return {
    ...(resellerId !== '' && { resellerId }),
    ...(tag.trim() !== '' && { tag: tag.trim() }),
    ...(profileId !== '' && { profileId }),
  };
}

export const previewQuery = (matcher: SilenceMatcher) =>
  queryOptions({
    queryKey: keys.one('silences', 'preview', 'clients', matcher),
    queryFn: ({ signal }) => unwrap(api.POST('/v1/silences/preview', { body: matcherBody(matcher), signal })),
    placeholderData: (shown) => shown,
    retry: false,
  });
