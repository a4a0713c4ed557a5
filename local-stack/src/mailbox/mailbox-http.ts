import { readFileSync } from 'node:fs';
import path from 'node:path';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { onlyByName, onlyWithToken } from './mailbox-access.js';
import type { MailFilter, MailStore, StoredMail } from './mailbox-store.js';

const assets = path.join(__dirname, 'page');

/** Nothing from elsewhere, nothing inline. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The HTML of an email is untrusted: no scripts, no forms, nothing loaded; its links open in a new tab. */
const mailPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');

/**
 * The page of the mailbox and its JSON, for those who have the start token:
 *
 * - `GET /api/messages`: all emails, oldest first, as `[{id, to, from, subject, date, messageId, text, html, ...}]`;
 *   `?to=` an address, `?since=` received at an RFC 3339 instant or later, `?after=` an id.
 * - `GET /api/messages/<id>`: one, with its headers. `.../source`: as it came, in plain text. `.../eml`: for download.
 * - `DELETE /api/messages`: all.
 */
export function mailboxApp(
  store: MailStore,
  options: { readonly host: string; readonly smtpUrl: string; readonly token: string },
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(onlyByName(options.host));
  app.use((_request, response, next) => {
    response.set({
      'Content-Security-Policy': pagePolicy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    });
    next();
  });
  app.use(onlyWithToken(options.token));
  servePage(app);
  serveMails(app, store, options.smtpUrl);
  app.use((_request, response) => void response.status(404).json({ error: 'there is nothing here' }));
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    response.status(500).json({ error: error instanceof Error ? error.message : 'error' });
  });
  return app;
}

function servePage(app: Express): void {
  const files = [
    ['/', 'page.html', 'text/html'],
    ['/page.css', 'page.css', 'text/css'],
    ['/page.js', 'page.js', 'text/javascript'],
    ['/icon.svg', 'icon.svg', 'image/svg+xml'],
  ] as const;
  for (const [url, file, type] of files) {
    const content = readFileSync(path.join(assets, file));
    app.get(url, (_request, response) => void response.type(type).send(content));
  }
}

function serveMails(app: Express, store: MailStore, smtpUrl: string): void {
  app.get('/api/messages', async (request, response) => {
    const filter = filterOf(request);
    if (typeof filter === 'string') return void response.status(400).json({ error: filter });
    const mails: Omit<StoredMail, 'headers' | 'preview'>[] = [];
    // one after another: thousands parsed at once take hundreds of megabytes
    for (const { id } of store.list(filter)) {
      const mail = await store.read(id);
      if (mail) mails.push(withoutHeaders(mail));
    }
    response.json(mails);
  });

  /** For the page: what is new, and what is still there. */
  app.get('/api/summary', (request, response) => {
    const all = store.list();
    const after = textOf(request.query.after) ?? '';
    response.json({
      smtpUrl,
      total: all.length,
      oldest: all[0]?.id ?? null,
      newest: all.at(-1)?.id ?? null,
      messages: all.filter(({ id }) => id > after),
    });
  });

  app.delete('/api/messages', async (_request, response) => {
    await store.clear();
    response.status(204).end();
  });

  app.get('/api/messages/:id', async (request, response) => {
    const mail = await store.read(request.params.id);
    if (mail) response.json(mail);
    else notFound(response);
  });

  app.get('/api/messages/:id/source', async (request, response) => {
    const source = await store.source(request.params.id);
    if (source) response.type('text/plain; charset=utf-8').send(source);
    else notFound(response);
  });

  app.get('/api/messages/:id/eml', async (request, response) => {
    const source = await store.source(request.params.id);
    if (source) response.type('message/rfc822').attachment(`${request.params.id}.eml`).send(source);
    else notFound(response);
  });

  app.get('/messages/:id/html', async (request, response) => {
    const mail = await store.read(request.params.id);
    if (!mail) return notFound(response);
    response.set('Content-Security-Policy', mailPolicy).type('text/html').send(withLinksOutside(mail.html));
  });
}

function filterOf(request: Request): MailFilter | string {
  const { to, since, after } = request.query;
  const sinceText = textOf(since);
  const sinceMs = sinceText === undefined ? undefined : Date.parse(sinceText);
  if (Number.isNaN(sinceMs)) return 'since is an instant, as 2026-05-12T11:00:00Z';
  return { to: textOf(to), sinceMs, after: textOf(after) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function withoutHeaders({
  headers: _headers,
  preview: _preview,
  ...mail
}: StoredMail): Omit<StoredMail, 'headers' | 'preview'> {
  return mail;
}

/** A link within the frame would replace the email. */
function withLinksOutside(html: string): string {
  const base = '<base target="_blank">';
  return /<head\b[^>]*>/i.test(html) ? html.replace(/<head\b[^>]*>/i, (head) => head + base) : base + html;
}

function notFound(response: Response): void {
  response.status(404).json({ error: 'there is no email with this id' });
}
