import type { Requester } from '../../services/change.js';
import { findAccountLink, type AccountLink } from '../../storage/access/account-links.js';
import { findOperatorId } from '../../storage/resellers/operator.js';
import { operatorScope } from '../../storage/system/scope.js';
import type { ApiContext } from '../context.js';
import { ApiProblem } from '../http/problem.js';
import type { Try } from './login-tries.js';

/**
 * Links and the requests for them. The sender is not logged in, so there is no scope to read in: the token is the only right to its
 * row, as a session's is, and is looked up on the API's own connection.
 *
 * @throws ApiProblem `link_unknown`, `link_used`, `link_expired`
 */
export async function findUsableLink({ sql }: ApiContext, token: string, now: number): Promise<AccountLink> {
  return requireUsableLink(await findAccountLink(sql, token), now);
}

/** A sender who is not logged in, as a requester: the answer does not show what was done. */
export async function anonymousRequester({ context, requestId, now }: Try): Promise<Requester> {
  const scope = operatorScope(context.databases.service, await findOperatorId(context.sql));
  return { scope, actor: { id: 'anonymous', source: 'web', requestId }, now };
}

/** The link, where it can still set a password. @throws ApiProblem `link_unknown`, `link_used`, `link_expired` */
export function requireUsableLink(link: AccountLink | null, now: number): AccountLink {
  if (!link || link.revokedAt !== null || link.status === 'disabled') {
    throw new ApiProblem(
      'link_unknown',
      'this link does not work: a newer link, a new password, or an administrator has ended it, or it is not complete',
    );
  }
  if (link.usedAt !== null) throw new ApiProblem('link_used', 'this link has already set a password: log in with it');
  if (link.expiresAt.getTime() > now) return link;
  const remedy =
    link.kind === 'user_invitation'
      ? 'ask your administrator to resend the invitation'
      : 'request a new one on the login page';
  throw new ApiProblem('link_expired', `this link has expired: ${remedy}`);
}

/** @throws ApiProblem `not_configured` without PUBLIC_URL: an email could not say where its link leads */
export function requirePublicUrl({ config }: Pick<ApiContext, 'config'>): void {
  if (config.PUBLIC_URL !== undefined) return;
  throw new ApiProblem(
    'not_configured',
    'links in emails need the address of this page: set PUBLIC_URL for the API and the worker; until then, an administrator can set passwords',
  );
}
