import type { ApiKeyRow, KeyOwner } from '../../storage/access/api-keys.js';
import { keyRights } from '../../services/access/rights-now.js';
import type { SessionLimits, SessionRow } from '../../storage/access/sessions.js';
import type { PanelSessionRow } from '../../storage/panel/panel-sessions.js';
import type { KeyCaller, PanelCaller, UserCaller } from '../context.js';
import { csrfTokenOf } from './csrf.js';
import { roles } from '../../domain/access/roles.js';

export function keyCaller(row: ApiKeyRow, owner: KeyOwner | null, requestId: string): KeyCaller {
  const id = `key:${row.id}`;
  return {
    kind: 'key',
    id,
    keyId: row.id,
    ownerId: row.ownerId,
    expiresAt: row.expiresAt,
    name: row.name,
    resellerId: row.resellerId,
    resellerName: row.resellerName,
    isOperator: row.isOperator,
    isManager: row.isManager,
    ...keyRights({ row, owner }),
    actor: { id, source: 'api', requestId },
  };
}

/** @param token of the cookie, which the CSRF token is bound to */
export function userCaller(row: SessionRow, token: string, limits: SessionLimits, requestId: string): UserCaller {
  const { userId, name, email, role, resellerId, resellerName, isOperator, locale, timezone, preferences, cap } = row;
  const { limitCap, isManager } = row;
  const id = `user:${userId}`;
  const expiresAt = new Date(Math.min(row.expiresAt.getTime(), row.lastSeenAt.getTime() + limits.idleMs));
  return {
    kind: 'user',
    ...{
      id,
      userId,
      name,
      email,
      role,
      resellerId,
      resellerName,
      isOperator,
      isManager,
      locale,
      timezone,
      preferences,
      cap,
      limitCap,
    },
    scopes: new Set(roles[role].scopes),
    actor: { id, source: 'web', requestId },
    session: { id: row.id, csrfToken: csrfTokenOf(token), expiresAt, isOpenId: row.isOpenId },
  };
}

/** @param token of the panel's cookie, which the CSRF token is bound to */
export function panelCaller(
  row: PanelSessionRow,
  token: string,
  limits: SessionLimits,
  requestId: string,
): PanelCaller {
  const { clientId, name, login, status, resellerId, resellerName, currency, locale, timezone } = row;
  const id = `client:${clientId}`;
  const expiresAt = new Date(Math.min(row.expiresAt.getTime(), row.lastSeenAt.getTime() + limits.idleMs));
  return {
    kind: 'client',
    ...{ id, clientId, name, login, status, resellerId, resellerName, currency, locale, timezone },
    actor: { id, source: 'panel', requestId },
    session: { id: row.id, csrfToken: csrfTokenOf(token), expiresAt },
  };
}
