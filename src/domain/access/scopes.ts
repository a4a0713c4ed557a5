/** What a caller may do. `*` is everything. No scope implies another. */
export const scopes = [
  'clients:read',
  'clients:write',
  'clients:delete',
  'profiles:read',
  'profiles:write',
  'payments:read',
  'payments:write',
  'credit:read',
  'credit:write',
  'monitor:read',
  'monitor:write',
  'notifications:read',
  'notifications:write',
  'templates:read',
  'templates:write',
  'webhooks:read',
  'webhooks:write',
  'rates:read',
  'rates:write',
  'resellers:read',
  'resellers:write',
  'users:read',
  'users:write',
  'audit:read',
  'events:read',
  'events:write',
  'jobs:read',
  'jobs:write',
  'requests:read',
  'keys:read',
  'keys:write',
  '*',
] as const;

export type Scope = (typeof scopes)[number];
/** What an operation asks for; `any`: any caller. */
export type WantedScope = Exclude<Scope, '*'> | 'any';

export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text);
}

export function allows(granted: ReadonlySet<Scope>, wanted: WantedScope): boolean {
  return wanted === 'any' || granted.has('*') || granted.has(wanted);
}

/** What is in both. */
export function commonScopes(some: ReadonlySet<Scope>, others: ReadonlySet<Scope>): ReadonlySet<Scope> {
  if (some.has('*')) return others;
  if (others.has('*')) return some;
  return new Set([...some].filter((scope) => others.has(scope)));
}
