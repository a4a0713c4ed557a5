import type { components } from './schema';

/**
 * Operations that the page speaks to before they are in schema.ts: they come with other branches. Once they are there,
 * this file goes, and its types are those of `components['schemas']`.
 */

export type UserRole =
  'viewer' | 'operator' | 'reseller_manager' | 'credit_controller' | 'integrator' | 'sre' | 'admin';
type Locale = 'en' | 'uk';

export interface MaximumIncrease {
  amount: { amount: string; currency: string } | null;
  percent: string | null;
  days: number | null;
}

export interface Preferences {
  theme: 'auto' | 'light' | 'dark';
  density: 'comfortable' | 'compact';
  shortcuts: boolean;
  columns: Record<string, string[]>;
}

export interface Me {
  kind: 'user' | 'key';
  id: string;
  name: string;
  email: string | null;
  role: UserRole | null;
  resellerId: string;
  resellerName: string;
  isOperator: boolean;
  scopes: string[];
  maximumIncrease: MaximumIncrease;
  locale: Locale | null;
  timezone: string | null;
  preferences: Preferences | null;
  permissions: string[];
}

export interface MePatch {
  name?: string;
  locale?: Locale | null;
  timezone?: string | null;
  preferences?: Partial<Omit<Preferences, 'columns'>> & { columns?: Record<string, string[] | null> };
}

export interface Session {
  user: Me;
  csrfToken: string;
  expiresAt: string;
}

export interface UserSession {
  id: string;
  current: boolean;
  address: string;
  agent: string | null;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
}

export interface User {
  id: string;
  resellerId: string;
  resellerName: string;
  name: string;
  email: string;
  role: UserRole;
  status: 'active' | 'disabled';
  canLogIn: boolean;
  locale: Locale | null;
  timezone: string | null;
  maximumIncrease: MaximumIncrease;
  lastLoginAt: string | null;
  profiles: number;
  version: number;
  createdAt: string;
}

export interface UserInput {
  name: string;
  email: string;
  resellerId?: string;
  role?: UserRole;
  status?: 'active' | 'disabled';
  locale?: Locale | null;
  timezone?: string | null;
  maximumIncrease?: MaximumIncrease | null;
  reason?: string;
}

export interface Role {
  role: UserRole;
  text: string;
  scopes: string[];
  assignable: boolean;
}

type HealthStatus = 'ok' | 'degraded' | 'down';

export interface HealthSummary {
  status: HealthStatus;
  checks: {
    name: 'worker' | 'temporal' | 'balance_source' | 'smtp' | 'outbox' | 'migrations' | 'versions';
    status: HealthStatus;
    since: string | null;
    detail: string;
    remedy: string | null;
  }[];
  processes: {
    kind: 'api' | 'worker';
    version: string;
    host: string;
    startedAt: string;
    seenAt: string;
    running: boolean;
  }[];
  at: string;
  serverTime: string;
}

export type Meta = components['schemas']['Meta'] & { settings: Record<string, unknown> | null };

export interface SearchResult {
  clients: { id: string; name: string; billingEmail: string | null; externalId: string | null; state: string }[];
  profiles: { id: string; name: string; currency: string }[];
  payments: {
    id: string;
    clientId: string;
    clientName: string;
    amount: { amount: string; currency: string };
    at: string;
  }[];
  notifications: {
    id: string;
    messageId: string;
    clientId: string;
    clientName: string;
    subject: string | null;
    at: string;
  }[];
  serverTime: string;
}

interface Page<T> {
  data: T[];
  hasMore: boolean;
  nextCursor: string | null;
  prevCursor: string | null;
  total?: number;
  rowFrom?: number;
  rowTo?: number;
  serverTime: string;
}

interface Parameters {
  query?: never;
  header?: never;
  path?: never;
  cookie?: never;
}
interface Read<Out, P = Parameters> {
  parameters: P;
  requestBody?: never;
  responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': Out } } };
}
interface Write<Out, In, P = Parameters> {
  parameters: P;
  requestBody: { content: { 'application/json': In } };
  responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': Out } } };
}
interface OfOne {
  query?: never;
  header?: never;
  path: Id;
  cookie?: never;
}
interface OfVersion {
  query?: never;
  header: { 'If-Match': string };
  path: Id;
  cookie?: never;
}
interface Asked<Query> {
  query?: Query;
  header?: never;
  path?: never;
  cookie?: never;
}

interface Id {
  id: string;
}
export interface PendingPaths {
  '/v1/session': {
    get: Read<Session>;
    post: Write<Session, { email: string; password: string }>;
    delete: Read<undefined>;
  };
  '/v1/me': { get: Read<Me>; patch: Write<Me, MePatch> };
  '/v1/me/password': { post: Write<undefined, { current: string; next: string }> };
  '/v1/me/sessions': { get: Read<{ data: UserSession[] }> };
  '/v1/me/sessions/{id}': { delete: Read<undefined, OfOne> };
  '/v1/users': {
    get: Read<Page<User>, Asked<Record<string, string | number>>>;
    post: Write<User, UserInput>;
  };
  '/v1/users/{id}': {
    get: Read<User, OfOne>;
    patch: Write<User, Partial<UserInput>, OfVersion>;
    delete: Read<undefined, OfVersion>;
  };
  '/v1/users/{id}/password': { post: Write<undefined, { password: string | null; reason?: string }, OfOne> };
  '/v1/roles': { get: Read<{ data: Role[] }> };
  '/v1/meta': { get: Read<Meta> };
  '/v1/health/summary': { get: Read<HealthSummary> };
  '/v1/search': { get: Read<SearchResult, Asked<{ q: string }>> };
}
