import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Config } from '../../config.js';
import { problemAt, type ApiProblem } from '../http/problem.js';

/**
 * A change that comes with a cookie must come from our own page: the browser says so (`Sec-Fetch-Site`, else `Origin`),
 * and the page sends the token that only it received.
 */

/** Bound to the session by being made of its cookie: nothing to store, nothing to fix beforehand. */
export function csrfTokenOf(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('lowwater csrf token').digest('base64url');
}

const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * What is wrong with a request that came with the cookie of this session; null: nothing.
 *
 * @param source the operation that gives the token
 */
export function csrfProblem(
  config: Config,
  req: Request,
  sessionToken: string,
  source = 'GET /v1/session',
): ApiProblem | null {
  if (harmless.has(req.method)) return null;
  if (isCrossSite(config, req)) return crossSiteProblem();
  const sent = Buffer.from(req.get('x-csrf-token') ?? '');
  const wanted = Buffer.from(csrfTokenOf(sessionToken));
  if (sent.length === wanted.length && timingSafeEqual(sent, wanted)) return null;
  const detail = `send the \`csrfToken\` of ${source} as X-CSRF-Token`;
  return problemAt('csrf_invalid', '#/headers/x-csrf-token', detail);
}

export function crossSiteProblem(): ApiProblem {
  return problemAt(
    'csrf_invalid',
    '#/headers/origin',
    'the request comes from a page of another site: send it from a Lowwater page, or use an API key',
  );
}

/** Whether a browser says that another site's page has sent this. What is no browser says nothing. */
export function isCrossSite(config: Config, req: Request): boolean {
  const site = req.get('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = req.get('origin');
  return origin !== undefined && !ownHosts(config, req).has(hostOf(origin));
}

function ownHosts(config: Config, req: Request): Set<string | null> {
  const hosts = [req.get('host') ?? null, config.PUBLIC_URL === undefined ? null : hostOf(config.PUBLIC_URL)];
  return new Set(hosts.filter((host) => host !== null));
}

function hostOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).host : null;
}
