import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';

/** An OpenID Connect provider: the code flow with PKCE, and the end of its sessions. */

export interface OpenIdSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: string;
  /** the page to which the provider sends the browser back */
  readonly redirectUri: string;
}

/** What must be remembered until the browser comes back. */
interface PendingLogin {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** Who logged in there. */
export interface OpenIdIdentity {
  readonly subject: string;
  /** null: the provider does not vouch for an address */
  readonly verifiedEmail: string | null;
  readonly name: string | null;
  readonly locale: string | null;
  readonly timezone: string | null;
  /** of the provider's session; null: it names none */
  readonly sessionId: string | null;
  readonly claims: Readonly<Record<string, unknown>>;
}

export type OpenIdFault =
  /** the person or the provider ended the login */
  | 'refused'
  /** the answer is of no login that began here, expired, or not signed by the provider */
  | 'invalid'
  /** the provider does not answer */
  | 'unavailable';

export class OpenIdError extends Error {
  override readonly name = 'OpenIdError';

  constructor(
    readonly fault: OpenIdFault,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

export interface OpenIdProvider {
  /** Where the browser goes to log in. @throws OpenIdError `unavailable` */
  beginLogin(): Promise<PendingLogin & { readonly url: string }>;
  /** @param query of the address to which the browser came back @throws OpenIdError */
  completeLogin(query: string, pending: PendingLogin): Promise<OpenIdIdentity>;
  /** Where the browser goes to end the session there, too; null: the provider has no page for it. @throws OpenIdError */
  logoutUrl(returnTo: string): Promise<string | null>;
  /** Whose sessions a logout token of the back channel ends. @throws OpenIdError `invalid`, `unavailable` */
  readLogoutToken(token: string): Promise<{ readonly subject: string | null; readonly sessionId: string | null }>;
}

const timeoutSeconds = 10;
/** A token of the back channel is for now; the clocks of both sides may differ. */
const logoutTokenSeconds = 300;
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

/**
 * The provider is first asked at the first login, and again after a failure: while it is down, the API starts, and open sessions
 * continue.
 */
export function openIdProvider(settings: OpenIdSettings): OpenIdProvider {
  let found: Promise<Discovered> | null = null;
  const discovered = (): Promise<Discovered> => {
    found ??= discover(settings).catch((error: unknown) => {
      found = null;
      throw unavailable(error);
    });
    return found;
  };
  return {
    async beginLogin() {
      const { config } = await discovered();
      const pending = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
      const url = buildAuthorizationUrl(config, {
        redirect_uri: settings.redirectUri,
        scope: settings.scopes,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await calculatePKCECodeChallenge(pending.codeVerifier),
        code_challenge_method: 'S256',
      });
      return { ...pending, url: url.href };
    },
    async completeLogin(query, pending) {
      const { config, verified } = await discovered();
      try {
        // The address is the configured one: behind a proxy, the request names another.
        const url = new URL(`${settings.redirectUri}?${query}`);
        const tokens = await authorizationCodeGrant(config, url, {
          expectedState: pending.state,
          expectedNonce: pending.nonce,
          pkceCodeVerifier: pending.codeVerifier,
          idTokenExpected: true,
        });
        const claims = await verified(tokens.id_token ?? '');
        const subject = claims.sub ?? '';
        const info = config.serverMetadata().userinfo_endpoint
          ? await fetchUserInfo(config, tokens.access_token, subject)
          : {};
        return identityOf(subject, { ...info, ...claims });
      } catch (error) {
        throw loginFault(error);
      }
    },
    async logoutUrl(returnTo) {
      const { config } = await discovered();
      if (!config.serverMetadata().end_session_endpoint) return null;
      return buildEndSessionUrl(config, { post_logout_redirect_uri: returnTo }).href;
    },
    async readLogoutToken(token) {
      const { verified } = await discovered();
      try {
        const claims = await verified(token, { maxTokenAge: logoutTokenSeconds, clockTolerance: 60 });
        const events = claims['events'];
        const isLogout = typeof events === 'object' && events !== null && Object.hasOwn(events, logoutEvent);
        const sessionId = textOf(claims['sid']);
        const subject = claims.sub ?? null;
        // A token with a nonce is one of a login: it must not end sessions.
        if (!isLogout || 'nonce' in claims || (subject === null && sessionId === null)) {
          throw new OpenIdError('invalid', 'the token is no logout token');
        }
        return { subject, sessionId };
      } catch (error) {
        throw loginFault(error);
      }
    },
  };
}

interface Discovered {
  readonly config: Configuration;
  /** The claims of a token that the provider has signed for this client. */
  verified(
    token: string,
    options?: { readonly maxTokenAge: number; readonly clockTolerance: number },
  ): Promise<JWTPayload>;
}

async function discover({ issuer, clientId, clientSecret }: OpenIdSettings): Promise<Discovered> {
  const config = await discovery(new URL(issuer), clientId, undefined, ClientSecretBasic(clientSecret), {
    timeout: timeoutSeconds,
    // Settings allow http:// for this machine alone.
    execute: issuer.startsWith('http://') ? [allowInsecureRequests] : [],
  });
  const { jwks_uri: address, issuer: name } = config.serverMetadata();
  if (!address) throw new Error('the provider names no keys (jwks_uri)');
  // Keys are read again when a token names one that is not known: providers replace them at any time.
  const keys = createRemoteJWKSet(new URL(address), { cooldownDuration: 1000, timeoutDuration: timeoutSeconds * 1000 });
  return {
    config,
    verified: async (token, options = { maxTokenAge: 3600, clockTolerance: 60 }) =>
      (await jwtVerify(token, keys, { issuer: name, audience: clientId, ...options })).payload,
  };
}

function identityOf(subject: string, claims: Readonly<Record<string, unknown>>): OpenIdIdentity {
  const isVerified = claims['email_verified'] === true || claims['email_verified'] === 'true';
  return {
    subject,
    verifiedEmail: isVerified ? textOf(claims['email']) : null,
    name: textOf(claims['name']) ?? textOf(claims['preferred_username']),
    locale: textOf(claims['locale']),
    timezone: textOf(claims['zoneinfo']),
    sessionId: textOf(claims['sid']),
    claims,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Codes of failures of the network, of time-outs, and of answers that are no answer. */
const unavailableCodes = [
  'OAUTH_TIMEOUT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'ERR_JWKS_TIMEOUT',
];

function loginFault(error: unknown): OpenIdError {
  if (error instanceof OpenIdError) return error;
  if (error instanceof AuthorizationResponseError) {
    return new OpenIdError('refused', `the provider answered ${error.error}`, error);
  }
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (error instanceof TypeError || unavailableCodes.includes(code)) return unavailable(error);
  return new OpenIdError('invalid', 'the answer of the provider could not be verified', error);
}

function unavailable(error: unknown): OpenIdError {
  return new OpenIdError('unavailable', 'the OpenID Connect provider does not answer', error);
}
