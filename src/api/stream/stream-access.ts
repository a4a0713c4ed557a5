import { readKeyAccess, readSessionAccess } from '../../storage/access/current-access.js';
import type { Sql } from '../../storage/system/database.js';
import { roles } from '../../domain/access/roles.js';
import { commonScopes, isScope, type Scope } from '../../domain/access/scopes.js';
import type { AccessChange } from './changes.js';

/** By whose right a stream is open, and what it was when it opened. */
export interface StreamAccess {
  readonly by:
    { readonly kind: 'key'; readonly keyId: string } | { readonly kind: 'session'; readonly sessionId: string };
  /** the user behind it; null: a key that belongs to no user */
  readonly userId: string | null;
  readonly resellerId: string;
  readonly scopes: ReadonlySet<Scope>;
}

/** A stream that ends too early only opens again: whatever the change was, the new one has the new rights. */
export function isConcerned({ by, userId }: StreamAccess, { type, id }: AccessChange): boolean {
  switch (type) {
    case 'key.changed':
      return by.kind === 'key' && by.keyId === id;
    case 'session.ended':
      return by.kind === 'session' && by.sessionId === id;
    case 'user.changed':
      return userId === id;
  }
}

/** Which of these rights have ended, or are others than they were, in the database as it is now. */
export async function findEndedAccess(
  sql: Sql,
  held: readonly StreamAccess[],
  nowMs: number,
): Promise<ReadonlySet<StreamAccess>> {
  const keyIds = held.flatMap(({ by }) => (by.kind === 'key' ? [by.keyId] : []));
  const sessionIds = held.flatMap(({ by }) => (by.kind === 'session' ? [by.sessionId] : []));
  const [keys, sessions] = await Promise.all([
    readKeyAccess(sql, keyIds, nowMs),
    readSessionAccess(sql, sessionIds, nowMs),
  ]);
  return new Set(
    held.filter((access) => {
      const { by } = access;
      if (by.kind === 'key') {
        const key = keys.get(by.keyId);
        return !key || !isSame(access, key.resellerId, keyScopes(key));
      }
      const session = sessions.get(by.sessionId);
      return !session || !isSame(access, session.resellerId, new Set(roles[session.role].scopes));
    }),
  );
}

function keyScopes({
  scopes,
  ownerRole,
}: {
  readonly scopes: readonly string[];
  readonly ownerRole: keyof typeof roles | null;
}) {
  const own: ReadonlySet<Scope> = new Set(scopes.filter(isScope));
  return ownerRole === null ? own : commonScopes(own, new Set(roles[ownerRole].scopes));
}

function isSame(access: StreamAccess, resellerId: string, scopes: ReadonlySet<Scope>): boolean {
  return (
    access.resellerId === resellerId &&
    access.scopes.size === scopes.size &&
    [...scopes].every((scope) => access.scopes.has(scope))
  );
}
