/**
 * The keys of the query cache. The first part is the kind of thing, by which the stream finds what it must fetch anew
 * (stream.ts). A list has the second part 'list': the list kit decides when its rows may change (they never move under the
 * cursor), so the stream leaves it alone.
 */
export const keys = {
  session: ['session'] as const,
  me: ['me'] as const,
  mySessions: ['me', 'sessions'] as const,
  meta: ['meta'] as const,
  health: ['health'] as const,
  search: (text: string) => ['search', text] as const,
  overview: (part: string, query: unknown = null) => ['overview', part, query] as const,
  /** rows of a list: `keys.list('clients', query)` */
  list: (kind: Kind, query: unknown) => [kind, 'list', query] as const,
  /** one thing, or a part of it: `keys.one('clients', id, 'timeline', { from })` */
  one: (kind: Kind, id: string, part = 'itself', query: unknown = null) => [kind, id, part, query] as const,
  views: (page: string) => ['views', page] as const,
};

/** The kinds of things that pages show. */
export type Kind =
  | 'clients'
  | 'profiles'
  | 'notifications'
  | 'credits'
  | 'rates'
  | 'audit'
  | 'events'
  | 'users'
  | 'roles'
  | 'resellers'
  | 'keys'
  | 'webhookSources'
  | 'requests'
  | 'templates'
  | 'payments'
  | 'views';
