import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { NextFunction, Request, Response } from 'express';
import { cookieIn } from '../../../src/api/http/cookies.js';
import { dayMs } from '../../../src/domain/durations.js';

type Handler = (request: Request, response: Response, next: NextFunction) => void;

/** The link that lets a browser in, once: from then on it has a cookie. */
export function startLink(pageUrl: string, token: string): string {
  return `${pageUrl}/?token=${encodeURIComponent(token)}`;
}

/** A page of another site could otherwise reach us through another name that leads to this machine. */
export function onlyByName(host: string): Handler {
  const names = new Set(['localhost', '127.0.0.1', '[::1]', host.includes(':') ? `[${host}]` : host]);
  const listensOnAll = host === '0.0.0.0' || host === '::';
  return (request, response, next) => {
    const name = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    // Another name can be led to any address, an address cannot be led elsewhere.
    const isAddress = isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
    if (names.has(name) || (listensOnAll && isAddress)) next();
    else response.status(421).json({ error: 'this mailbox is not reached by that name' });
  };
}

/**
 * Lets in who has the start token: everyone on this machine reaches the port, and the emails carry links that set passwords.
 * A browser follows the start link and gets a cookie; a program sends `Authorization: Bearer <token>`.
 */
export function onlyWithToken(token: string): Handler {
  const cookieValue = createHash('sha256').update(`mailbox cookie ${token}`).digest('base64url');
  return (request, response, next) => {
    const { searchParams } = new URL(request.originalUrl, 'http://mailbox');
    const name = cookieName(request);
    const given = searchParams.get('token');
    if (given !== null && request.method === 'GET' && request.path === '/') {
      if (!isSame(given, token)) return void refuse(request, response);
      response.cookie(name, cookieValue, { httpOnly: true, sameSite: 'strict', path: '/', maxAge: cookieMs });
      // The token does not stay in the address.
      return void response.redirect(303, '/');
    }
    const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== undefined && isSame(bearer, token)) return next();
    const cookie = cookieIn(request.headers.cookie, name);
    if (bearer === undefined && cookie !== null && isSame(cookie, cookieValue)) return next();
    refuse(request, response);
  };
}

const cookieMs = 30 * dayMs;

/** A cookie belongs to a host, not to a port: each mailbox of a machine has its own. */
function cookieName(request: Request): string {
  return `lowwater_mailbox_${request.socket.localPort ?? 0}`;
}

/** The time it takes says nothing about how much was right. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

function refuse(request: Request, response: Response): void {
  response.status(401).set('WWW-Authenticate', 'Bearer realm="mailbox"');
  if (request.accepts(['json', 'html']) === 'html') response.type('text/html').send(lockedPage);
  else response.json({ error: 'the start token is missing or wrong: send Authorization: Bearer <token>' });
}

const lockedPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Mailbox: start link needed</title>
</head>
<body>
<main>
<h1>This mailbox opens with its start link</h1>
<p>Emails contain links that set passwords. Open the mailbox address that <code>npm start</code> printed, including its token.</p>
<p>The token is also in the file <code>mailbox-token</code> of the data folder.</p>
</main>
</body>
</html>
`;
