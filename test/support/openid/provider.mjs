/**
 * A real OpenID Connect provider, as its own process: Its argument says where it listens, its client, and the
 * name of its key. Users log in with the page that the library brings, by their `sub`; PUT /accounts/{sub} sets their claims.
 */
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const { port, key, redirectUri, logoutUri, returnUri } = JSON.parse(process.argv[2]);
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = { ...privateKey.export({ format: 'jwk' }), kid: key, alg: 'ES256', use: 'sig' };

const accounts = new Map();
const server = createServer();
await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  jwks: { keys: [jwk] },
  cookies: { keys: ['tests'] },
  clients: [
    {
      client_id: 'lowwater',
      client_secret: 'secret-of-tests',
      redirect_uris: [redirectUri],
      post_logout_redirect_uris: [returnUri],
      backchannel_logout_uri: logoutUri,
      backchannel_logout_session_required: true,
      id_token_signed_response_alg: 'ES256',
    },
  ],
  conformIdTokenClaims: true,
  // By default it calls no address of this machine.
  fetch: (url, { dispatcher: _, ...options }) => fetch(url, options),
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    profile: ['name', 'locale', 'zoneinfo', 'roles'],
  },
  findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...accounts.get(sub) }) }),
  features: {
    devInteractions: { enabled: true },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
});
const answer = provider.callback();
server.on('request', (request, response) => {
  const [, sub] = /^\/accounts\/(.+)$/.exec(request.url) ?? [];
  if (sub === undefined) return answer(request, response);
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    accounts.set(sub, JSON.parse(body));
    response.end();
  });
});
process.stdout.write(`${issuer}\n`);
