import type { Config } from '../../config.js';
import { openIdRoleOf } from '../../domain/access/openid-roles.js';
import { withoutEndSlash } from '../../domain/urls.js';
import { OpenIdError, openIdProvider, type OpenIdIdentity, type OpenIdProvider } from '../../openid/provider.js';
import { beginOpenIdSession, type OpenIdUser } from '../../services/access/openid/begin-openid-session.js';
import { createOpenIdLogin, openIdLoginMs, takeOpenIdLogin } from '../../storage/access/openid-logins.js';
import { userLocales } from '../../storage/access/users.js';
import type { ApiContext } from '../context.js';
import { zoneName } from '../contract/zone-name.js';
import { ApiProblem } from '../http/problem.js';
import { sessionLimits } from '../http/sender.js';
import { anonymousRequester } from './account-links.js';
import { loggedIn, type LoggedIn } from './logins.js';
import type { Try } from './login-tries.js';
import { openIdCookie } from './session-cookie.js';

/** Logging in at an OpenID Connect provider (docs/single-sign-on.md). */

/** Of the settings; null: there is none. */
export function openIdOf(config: Config): OpenIdProvider | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, PUBLIC_URL } = config;
  // The settings are checked together: one without the others does not start.
  if (issuer === undefined || clientId === undefined || clientSecret === undefined || PUBLIC_URL === undefined)
    return null;
  const redirectUri = `${withoutEndSlash(PUBLIC_URL)}/login/openid`;
  return openIdProvider({ issuer, clientId, clientSecret, scopes: config.OIDC_SCOPES, redirectUri });
}

/** @throws ApiProblem `not_configured` */
export function requireOpenId({ openId }: ApiContext): OpenIdProvider {
  if (openId) return openId;
  throw new ApiProblem('not_configured', 'single sign-on needs an OpenID Connect provider: set OIDC_ISSUER');
}

/**
 * The address at the provider, and the cookie that binds the login to this browser: an answer that someone else's login got must not
 * become a session here.
 *
 * @throws ApiProblem `not_configured`, `openid_unavailable`
 */
export async function beginOpenIdLogin({ context, sender, now }: Try): Promise<{ url: string; cookie: string }> {
  const provider = requireOpenId(context);
  const { url, ...pending } = await provider.beginLogin().catch(refuse(context));
  const token = await createOpenIdLogin(context.sql, pending, now);
  return { url, cookie: openIdCookie(token, openIdLoginMs, sender.secure) };
}

/**
 * @param query of the address to which the provider sent the browser back
 * @throws ApiProblem `openid_refused`, `openid_invalid`, `openid_unavailable`, `not_configured`
 * @throws DomainError `login_not_allowed`
 */
export async function completeOpenIdLogin(login: Try, query: string): Promise<LoggedIn> {
  const { context, sender, now } = login;
  const provider = requireOpenId(context);
  const pending = sender.openIdToken === null ? null : await takeOpenIdLogin(context.sql, sender.openIdToken, now);
  if (!pending)
    throw new ApiProblem('openid_invalid', 'this login has expired, is complete, or began in another browser');
  const identity = await provider.completeLogin(query, pending).catch(refuse(context));
  const user = userOf(identity, context.config);
  const token = await beginOpenIdSession(await anonymousRequester(login), user, sender, sessionLimits(context.config));
  return loggedIn(login, token);
}

/** Where the page goes after it logged out; null: nowhere else. @throws ApiProblem `openid_unavailable` */
export async function openIdLogoutUrl(context: ApiContext): Promise<string | null> {
  const { PUBLIC_URL } = context.config;
  if (!context.openId || PUBLIC_URL === undefined) return null;
  return context.openId.logoutUrl(`${withoutEndSlash(PUBLIC_URL)}/login`).catch(refuse(context));
}

/** Answers what went wrong; the log says why. */
export function refuse({ logger }: ApiContext): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof OpenIdError)) throw error;
    logger.warn({ err: error.cause ?? error, fault: error.fault }, 'a login at the OpenID Connect provider failed');
    throw new ApiProblem(`openid_${error.fault}`, error.message);
  };
}

function userOf(identity: OpenIdIdentity, config: Config): OpenIdUser {
  const { subject, verifiedEmail, name, sessionId, claims } = identity;
  const language = identity.locale?.slice(0, 2).toLowerCase();
  const { OIDC_ROLES: roles = [], OIDC_ROLE_CLAIM: claim } = config;
  return {
    ...{ subject, verifiedEmail, name, sessionId },
    locale: userLocales.find((locale) => locale === language) ?? null,
    timezone: zoneName.safeParse(identity.timezone).data ?? null,
    role: roles.length === 0 ? 'of-user' : openIdRoleOf(claims, claim, roles),
  };
}
