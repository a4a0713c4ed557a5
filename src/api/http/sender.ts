import type { Request } from 'express';
import type { Config } from '../../config.js';
import { dayMs, hourMs } from '../../domain/durations.js';
import type { SessionLimits } from '../../storage/access/sessions.js';
import { openIdTokenOf, panelTokenOf, sessionTokenOf } from '../access/session-cookie.js';

/** Where a request comes from, independent of its caller. */
export interface Sender {
  readonly address: string;
  /** what the browser says that it is */
  readonly agent: string | null;
  /** the people's way to here is https, as far as we can know */
  readonly secure: boolean;
  /** of the cookie, whether it is worth something or not */
  readonly sessionToken: string | null;
  /** the same of the cookie of a login at the OpenID Connect provider */
  readonly openIdToken: string | null;
  /** the same of the client panel's cookie */
  readonly panelToken: string | null;
}

export function senderOf(config: Config, req: Request): Sender {
  return {
    address: req.ip ?? '',
    agent: req.get('user-agent') ?? null,
    // A false header leads to a cookie that is harder to use, no more.
    secure: req.secure || req.get('x-forwarded-proto') === 'https' || (config.PUBLIC_URL ?? '').startsWith('https://'),
    sessionToken: sessionTokenOf(req.get('cookie')),
    openIdToken: openIdTokenOf(req.get('cookie')),
    panelToken: panelTokenOf(req.get('cookie')),
  };
}

export function sessionLimits(config: Config): SessionLimits {
  return {
    idleMs: config.SESSION_IDLE_HOURS * hourMs,
    absoluteMs: config.SESSION_MAX_DAYS * dayMs,
  };
}
