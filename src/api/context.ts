import type { Config } from '../config.js';
import type { Actor } from '../domain/monitoring/state.js';
import type { Logger } from '../observability/logger.js';
import type { Metrics } from '../observability/metrics.js';
import type { CreditCap } from '../storage/credit/credit-cap.js';
import type { LimitCap } from '../storage/credit/limit-cap.js';
import type { Sql } from '../storage/system/database.js';
import type { ScopedDatabases } from '../storage/system/scope.js';
import type { UserRole } from '../domain/access/roles.js';
import type { UserLocale } from '../storage/access/users.js';
import type { OpenIdProvider } from '../openid/provider.js';
import type { TemporalGateway } from '../temporal/gateway.js';
import type { RequestLogWriter } from './request-log/writer.js';
import type { Scope } from '../domain/access/scopes.js';
import type { GuardOptions } from '../webhooks/address-guard.js';
import type { Live } from './stream/live.js';

/** What the API is made of; put together once, by `startApi` or by a test. */
export interface ApiContext {
  /** for the API's own work; what is done for a caller goes through its scope */
  readonly sql: Sql;
  readonly databases: ScopedDatabases;
  readonly temporal: TemporalGateway;
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** what keeps open pages up to date */
  readonly live: Live;
  readonly requestLog: RequestLogWriter;
  /** where outgoing webhooks may go */
  readonly webhookGuard: GuardOptions;
  /** null: users log in with a password only */
  readonly openId: OpenIdProvider | null;
  /** ms since 1970 */
  readonly clock: () => number;
  /** of the package */
  readonly version: string;
  /** true from the moment at which the service was asked to stop: it is not ready any more */
  readonly draining: () => boolean;
}

interface AnyCaller {
  /** `key:7`, `user:3` */
  readonly id: string;
  readonly name: string;
  /** the reseller whose subtree is all that this caller can see */
  readonly resellerId: string;
  readonly resellerName: string;
  /** of the operator, the root of the tree */
  readonly isOperator: boolean;
  /** a user or key of a manager: may do less, whatever the scopes (domain/resellers/manager-limits.ts) */
  readonly isManager: boolean;
  readonly scopes: ReadonlySet<Scope>;
  /** for audit rows and for the monitor */
  readonly actor: Actor;
  /** the caller's maximum possible increase (docs/manuals.md#maximum-possible-increase) */
  readonly cap: CreditCap;
  /** the highest permanent credit limit that the caller may set (docs/roles.md) */
  readonly limitCap: LimitCap;
}

/** A program, by its API key. */
export interface KeyCaller extends AnyCaller {
  readonly kind: 'key';
  readonly keyId: string;
  /** the user whose key it is */
  readonly ownerId: string | null;
  /** null: it does not expire */
  readonly expiresAt: Date | null;
}

/** A person, by the session of the web page. */
export interface UserCaller extends AnyCaller {
  readonly kind: 'user';
  readonly userId: string;
  readonly email: string;
  readonly role: UserRole;
  readonly locale: UserLocale | null;
  readonly timezone: string | null;
  readonly preferences: Readonly<Record<string, unknown>>;
  readonly session: {
    readonly id: string;
    readonly csrfToken: string;
    /** unless it is used before */
    readonly expiresAt: Date;
    /** began at the OpenID Connect provider */
    readonly isOpenId: boolean;
  };
}

/** A user of the client panel. No caller of the other operations: it has no scopes, and sees one client alone. */
export interface PanelCaller {
  readonly kind: 'client';
  /** `client:12` */
  readonly id: string;
  readonly clientId: string;
  /** of the client */
  readonly name: string;
  readonly login: string;
  readonly status: 'active' | 'stop';
  readonly resellerId: string;
  readonly resellerName: string;
  readonly currency: string;
  readonly locale: string;
  readonly timezone: string;
  readonly actor: Actor;
  readonly session: {
    readonly id: string;
    readonly csrfToken: string;
    /** unless it is used before */
    readonly expiresAt: Date;
  };
}

/** The sender of a request. */
export type Caller = KeyCaller | UserCaller;

/** The user behind a caller: itself, or the owner of the key; null: no user. */
export function userIdOf(caller: Caller): string | null {
  return caller.kind === 'user' ? caller.userId : caller.ownerId;
}
